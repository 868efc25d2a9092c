// Lanes: time across, one lane for each council, each claim a mark. A mark that is chosen shows its sentence.

import { day, el, figure, shapes, shortName, standing, svg } from './elements.js';

const lane = 28, left = 196, right = 24, top = 26, width = 760;

const time = (date) => Date.parse(`${date}T00:00:00Z`);

// lanes draws the claims of impacts. What is undated stands at the left, before all days.
export function lanes(impacts) {
  const claims = impacts.flatMap((impact, i) => impact.evidence.map((claim) => ({ ...claim, i })));
  const days = claims.map(({ assertedOn }) => assertedOn).filter(Boolean).map(time);
  if (days.length === 0) return null;
  const first = Math.min(...days), last = Math.max(...days, first + 86400000);
  const x = (date) => (date ? left + 14 + (time(date) - first) / (last - first) * (width - left - right - 14) : left);
  const shown = el('div', { class: 'sentence', 'aria-live': 'polite' }, el('p', { class: 'hint' }, 'Choose a mark to read its sentence.'));
  const choose = (claim, mark) => {
    for (const other of picture.querySelectorAll('.mark[aria-pressed="true"]')) other.setAttribute('aria-pressed', 'false');
    mark.setAttribute('aria-pressed', 'true');
    shown.replaceChildren(el('p', {}, `${impacts[claim.i].council.name}: `, standing(claim.value)), figure(claim));
  };
  const marks = claims.map((claim) => {
    const mark = svg('g', { class: `mark ${claim.value.toLowerCase()}`, role: 'button', tabindex: 0, 'aria-pressed': 'false',
      'aria-label': `${impacts[claim.i].council.name}, ${claim.value.toLowerCase()}, ${day(claim.assertedOn) || 'undated'}` },
    svg('title', {}, `${day(claim.assertedOn) || 'undated'}: ${claim.quote}`),
    svg('circle', { cx: x(claim.assertedOn), cy: top + claim.i * lane + lane / 2, r: 11 }),
    svg('text', { x: x(claim.assertedOn), y: top + claim.i * lane + lane / 2 + 5, 'text-anchor': 'middle' }, shapes[claim.value]));
    mark.addEventListener('click', () => choose(claim, mark));
    mark.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      choose(claim, mark);
    });
    return mark;
  });
  const height = top + impacts.length * lane + 6;
  const picture = svg('svg', { class: 'lanes', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Reports of each council over time' },
    ...ticks(first, last).map((at) => svg('g', { class: 'tick' },
      svg('line', { x1: x(at), x2: x(at), y1: top - 4, y2: height }),
      svg('text', { x: x(at), y: 14, 'text-anchor': 'middle' }, day(at, 'TICK')))),
    ...impacts.map(({ council }, i) => svg('g', { class: 'lane' },
      svg('line', { x1: left, x2: width - right, y1: top + i * lane + lane / 2, y2: top + i * lane + lane / 2 }),
      svg('text', { x: left - 12, y: top + i * lane + lane / 2 + 4.5, 'text-anchor': 'end' }, svg('title', {}, council.name), shortName(council.name).slice(0, 22)))),
    ...marks);
  return el('div', {}, el('div', { class: 'wide' }, picture), shown);
}

// ticks are some days between two, the ends among them.
function ticks(first, last) {
  const many = last - first > 5 * 86400000 ? 4 : 1;
  return Array.from({ length: many + 1 }, (_, i) => new Date(first + (last - first) * i / many).toISOString().slice(0, 10));
}

// reportDays are the days on which anything was reported of an incident, the first first.
export function reportDays(node) {
  const all = [...node.impacts, ...node.attributions, ...node.responses].flatMap(({ evidence }) => evidence);
  return [...new Set(all.map(({ assertedOn }) => assertedOn).filter(Boolean))].sort();
}

// changes say in words what is reported on days after one, to another, of each council.
export function changes(impacts, after, upTo) {
  return impacts.flatMap(({ council, history }) => history.flatMap(({ on, status }, i) => {
    if (!on || on <= after || on > upTo) return [];
    const before = history[i - 1];
    return [before ? `${council.name} is reported ${status.toLowerCase()}, and was ${before.status.toLowerCase()}`
      : `${council.name} is first reported: ${status.toLowerCase()}`];
  }));
}
