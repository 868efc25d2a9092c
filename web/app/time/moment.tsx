// The slider that moves through what was known when: a step for each day on which anything was reported.

import { useEffect, useState } from 'preact/hooks';
import { type State, go } from '../address';
import type { StandingFragment } from '../operations.gen';
import { day } from '../words';
import { turns } from './reports';

const pause = 1600; // milliseconds between two days while it plays

export function Moment({ days, impacts, state }: { days: string[]; impacts: StandingFragment[]; state: State }) {
  const [playing, setPlaying] = useState(false);
  const last = days.length - 1;
  const step = state.asOf ? days.findLastIndex((on) => on <= state.asOf) : last;
  const show = (i: number, replaced = false) => go({ ...state, asOf: i >= last ? '' : days[i]! }, replaced);

  useEffect(() => {
    if (!playing) return;
    if (step >= last) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => show(step + 1, true), pause);
    return () => clearTimeout(timer);
  }, [playing, step]);

  if (days.length < 2) return null;
  const play = () => {
    if (!playing && step !== 0) show(0);
    setPlaying(!playing);
  };
  const said = step < 0 ? [] : turns(impacts, days[step - 1] ?? '', days[step]!);
  const at = Math.max(step, 0);
  return (
    <div class="moment">
      <label for="moment">What was known</label>
      <div class="slide">
        <input type="range" id="moment" min="0" max={last} value={at} aria-describedby="moment-says" aria-valuetext={day(days[at])}
          onChange={(event) => {
            setPlaying(false);
            show(Number(event.currentTarget.value));
          }} />
        <div class="days" aria-hidden="true">{days.map((on) => <span key={on} data-past={on <= days[at]! || undefined} />)}</div>
      </div>
      <button type="button" class="quiet" aria-pressed={playing} onClick={play}>{playing ? 'Stop' : 'Play from the first day'}</button>
      <div id="moment-says" role="status">
        <p><strong>{step < 0 ? `Before ${day(days[0])}` : day(days[step])}</strong>{step === last ? ', the last report' : step < 0 ? '' : `, report day ${step + 1} of ${days.length}`}</p>
        {said.length > 0 && <ul>{said.map((text) => <li key={text}>{text}</li>)}</ul>}
      </div>
    </div>
  );
}
