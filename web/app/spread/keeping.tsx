// A spread as a picture, as the list that says the same, to choose from and to keep.

import { useMemo, useRef } from 'preact/hooks';
import { useAnswer } from '../api';
import { type State, href } from '../address';
import { NeighboursDocument } from '../operations.gen';
import { type Row, fileName, saveCSV, saveJSON, savePNG, saveSVG } from '../keep';
import { kindOfId } from '../words';
import { type Spread, withNeighbours } from './model';
import { Picture } from './picture';
import { Tree } from './tree';

interface Props {
  spread: Spread;
  state: State;
  name: string;
  data: unknown;
  label: string;
  chosen: (spread: Spread) => preact.ComponentChildren; // what is said of what is chosen
}

export function Drawn({ spread: own, state, name, data, label, chosen }: Props) {
  const picture = useRef<SVGSVGElement>(null);
  const ids = state.open.split(' ').filter((id) => kindOfId(id) === 'council').slice(0, 20);
  const opened = useAnswer(NeighboursDocument, ids.length > 0 ? { ids } : null, state.asOf);
  const spread = useMemo(() => (opened.data ? withNeighbours(own, opened.data.nodes) : own), [own, opened.data]);
  const rows = (): Row[] => [['distance', 'from', 'through', 'to', 'standing', 'reported on', 'quotes'],
    ...spread.steps.map((step) => [step.distance, step.from.name, step.via.name, step.to.name, step.outcome, step.reportedOn, step.evidence.map(({ quote }) => quote).join(' | ')])];
  const drawn = (f: (picture: SVGSVGElement, name: string) => void) => () => picture.current && f(picture.current, fileName(name));
  return (
    <div>
      <Picture spread={spread} state={state} picture={picture} label={label} />
      {state.sel && chosen(spread)}
      <p class="keep">Keep the picture as <button type="button" class="quiet" onClick={drawn(saveSVG)}>SVG</button> <button type="button" class="quiet" onClick={drawn(savePNG)}>PNG</button> the
        steps as <button type="button" class="quiet" onClick={() => saveCSV(rows(), fileName(name))}>CSV</button> all as <button type="button" class="quiet" onClick={() => saveJSON(data, fileName(name))}>JSON</button>
        {state.open && <> <a href={href({ ...state, open: '' })}>Fold up what was opened</a></>}</p>
      <details class="as-list"><summary>The same as a list, with the words behind each step</summary><Tree spread={spread} state={state} /></details>
    </div>
  );
}
