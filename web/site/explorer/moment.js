// The slider that moves through what was known when: a step for each day on which anything was reported.

import { changes } from './lanes.js';
import { day, el } from './elements.js';

let playing = null; // a timer

export function stop() {
  clearInterval(playing);
  playing = null;
}

// moment is the slider of an incident with reports on some days. go(day) shows what was known then; "" is now.
export function moment(days, impacts, asOf, go) {
  if (days.length < 2) return null;
  const last = days.length - 1;
  const step = asOf ? days.findLastIndex((on) => on <= asOf) : last;
  const show = (i) => go(i >= last ? '' : days[i]);
  const slider = el('input', { type: 'range', min: 0, max: last, value: Math.max(step, 0), id: 'moment', 'aria-describedby': 'moment-says', 'aria-valuetext': day(days[Math.max(step, 0)]) });
  slider.addEventListener('change', () => {
    stop();
    show(Number(slider.value));
  });
  const play = el('button', { type: 'button', class: 'quiet', 'aria-pressed': String(playing !== null) }, playing ? 'Stop' : 'Play from the first day');
  play.addEventListener('click', () => {
    if (playing) {
      stop();
      play.textContent = 'Play from the first day';
      return;
    }
    let i = 0;
    show(0);
    playing = setInterval(() => {
      show(++i);
      if (i >= last) stop();
    }, 1600);
  });
  const said = step < 0 ? [] : changes(impacts, days[step - 1] ?? '', days[step]);
  return el('div', { class: 'moment' },
    el('label', { for: 'moment' }, 'What was known'), slider, play,
    el('div', { id: 'moment-says', role: 'status' },
      el('p', {}, el('strong', {}, step < 0 ? `Before ${day(days[0])}` : day(days[step])), step === last ? ', the last report' : `, report day ${step + 1} of ${days.length}`),
      said.length > 0 && el('ul', {}, ...said.map((text) => el('li', {}, text)))));
}
