// What is said of the council or the arrangement that is chosen in a picture.

import { type State, away, href } from '../address';
import { Disagreement, Sentences, each } from '../evidence';
import type { StandingFragment } from '../operations.gen';
import { Standing } from '../parts';
import { arrangementKind, day, many } from '../words';
import { type Spread, reached } from './model';

export function Chosen({ spread, state, impacts }: { spread: Spread; state: State; impacts: StandingFragment[] }) {
  const at = reached(spread).get(state.sel);
  const along = spread.steps.filter(({ via }) => via.id === state.sel);
  const close = <a class="close" href={href({ ...state, sel: '' })} aria-label="Close">×</a>;
  if (along.length > 0) {
    const { via } = along[0]!;
    const words = each(along.flatMap(({ evidence }) => evidence.filter(({ predicate }) => predicate === 'MEMBERSHIP')));
    return (
      <aside class="chosen" aria-live="polite" aria-label={via.name}>
        {close}
        <h3><a href={href(away(state, { id: via.id }))}>{via.name}</a></h3>
        <p class="about">{[arrangementKind(via.arrangementKind), via.provider && `run by ${via.provider}`].filter(Boolean).join(', ')}</p>
        {words.length > 0 ? <Sentences claims={words} state={state} context /> : <p class="hint">No words are kept for this.</p>}
      </aside>
    );
  }
  if (!at) return null;
  const impact = impacts.find(({ council }) => council.id === state.sel);
  const steps = spread.steps.filter(({ to }) => to.id === state.sel);
  const words = each(impact ? impact.evidence : steps.flatMap(({ evidence }) => evidence));
  const opened = state.open.split(' ').includes(state.sel);
  return (
    <aside class="chosen" aria-live="polite" aria-label={at.place.name}>
      {close}
      <h3><a href={href(away(state, { id: at.place.id }))}>{at.place.name}</a> {at.outcome && <Standing status={at.outcome} />}</h3>
      {impact && <p class="about">{[impact.firstReportedOn && `first reported on ${day(impact.firstReportedOn)}`, many(impact.publishers, 'independent publisher'), impact.certainty === 'HEDGED' && 'all of them hedge'].filter(Boolean).join(', ')}</p>}
      {!impact && at.outcome === 'UNREPORTED' && <p class="about">It shares {[...new Set(steps.map(({ via }) => via.name))].join('; ')}. Nobody has said anything of it, which is not the same as unaffected.</p>}
      <p class="actions">
        {!opened && <a href={href({ ...state, open: [...state.open.split(' ').filter(Boolean), state.sel].join(' ') })}>Show its neighbours</a>}
        <a href={href(away(state, { id: state.sel }))}>Whom it could reach</a>
        {spread.origins[0] && spread.origins[0].id !== state.sel && <a href={href(away(state, { id: '', view: 'path', from: spread.origins[0].id, to: state.sel }))}>The path from {spread.origins[0].name}</a>}
      </p>
      {impact?.disputed ? <Disagreement claims={impact.evidence} state={state} /> : <Sentences claims={words} state={state} context />}
    </aside>
  );
}
