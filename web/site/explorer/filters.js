// The filters of the list of incidents: small charts whose bars narrow the list when they are chosen, and widen it again.

import { el, incidentKind, standing, words } from './elements.js';

// filterOf is the API's filter of a view's state.
export function filterOf({ kind, impact, region, year }) {
  const filter = {};
  if (kind) filter.kind = [kind];
  if (impact) filter.impact = [impact];
  if (region) filter.region = [region];
  if (year) Object.assign(filter, { since: `${year}-01-01`, until: `${year}-12-31` });
  return filter;
}

// charts are the counts of the incidents that the filter lets through. address(state) is the address of a state.
export function charts(counts, state, address) {
  const years = new Map();
  for (const { month, incidents } of counts.byMonth) years.set(month.slice(0, 4), (years.get(month.slice(0, 4)) ?? 0) + incidents);
  return [
    chart('Year', 'year', [...years].map(([value, n]) => [value, value, n]), state, address),
    chart('Kind', 'kind', counts.byKind.map(({ kind, incidents }) => [kind, incidentKind(kind) || words(kind), incidents]), state, address),
    chart('A council is', 'impact', counts.byImpact.map(({ status, incidents }) => [status, standing(status), incidents]), state, address),
    chart('Region', 'region', counts.byRegion.map(({ region, incidents }) => [region, words(region), incidents]), state, address),
  ].filter(Boolean);
}

function chart(title, field, rows, state, address) {
  if (rows.length === 0) return null;
  const most = Math.max(...rows.map(([, , n]) => n));
  return el('div', { class: 'chart' }, el('h3', {}, title), el('ul', {}, ...rows.map(([value, label, n]) => {
    const chosen = state[field] === value;
    const bar = el('a', { href: address({ ...state, id: '', [field]: chosen ? '' : value }), class: 'bar', 'aria-current': chosen ? 'true' : undefined,
      'aria-label': `${title}: ${typeof label === 'string' ? label : label.textContent}, ${n} ${n === 1 ? 'incident' : 'incidents'}${chosen ? '; chosen, choose again for all' : ''}` },
    el('span', { class: 'label' }, label), el('span', { class: 'n' }, String(n)));
    bar.style.setProperty('--part', `${Math.round(100 * n / most)}%`);
    return el('li', {}, bar);
  })));
}
