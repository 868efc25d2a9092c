// The explorer: finds incidents and councils, and shows how an incident spread as a nested list with the words behind
// each line. What is seen follows from the address alone (?q=, ?asOf=, ?id=), so that it can be shared; every change
// goes through go().

import { councilQuery, incidentQuery, incidentsQuery, searchQuery, thingQuery } from './queries.js';
import { council, incident, thing } from './detail.js';
import { charts, filterOf } from './filters.js';
import { stop } from './moment.js';
import { day, el, incidentKind, link, standing, words } from './elements.js';

const form = document.getElementById('ask');
const list = document.getElementById('list');
const listTitle = document.getElementById('list-title');
const listState = document.getElementById('list-state');
const detail = document.getElementById('detail');
const filters = document.getElementById('filters');

// fields are those of the filter, as the address has them.
const fields = ['kind', 'impact', 'region', 'year'];

function read() {
  const address = new URLSearchParams(location.search);
  const asOf = address.get('asOf') ?? '';
  return {
    q: (address.get('q') ?? '').trim(),
    asOf: /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? asOf : '',
    id: address.get('id') ?? '',
    ...Object.fromEntries(fields.map((field) => [field, /^[A-Z0-9_]+$/.test(address.get(field) ?? '') ? address.get(field) : ''])),
  };
}

function address(state) {
  return '?' + new URLSearchParams(Object.entries(state).filter(([, value]) => value));
}

function go(state) {
  history.pushState(null, '', address(state));
  return show();
}

async function ask({ query, variables }) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json, application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = await response.json().catch(() => ({ errors: [{ message: `the server answered ${response.status}` }] }));
  if (answer.errors) throw new Error(answer.errors.map((error) => error.message).join('; '));
  return answer.data;
}

// An answer to a question that was overtaken by another is dropped.
let asked = 0;

async function show() {
  const mine = ++asked;
  const state = read();
  if (document.activeElement !== form.elements.q) form.elements.q.value = state.q;
  form.elements.asOf.value = state.asOf;
  await Promise.all([
    fill(listState, mine, () => showList(state, mine)),
    fill(detail, mine, () => showDetail(state, mine)),
  ]);
}

async function fill(place, mine, work) {
  try {
    await work();
  } catch (error) {
    if (mine === asked) place.replaceChildren(el('span', { class: 'error' }, `That did not work: ${error.message}`));
  }
}

async function showList(state, mine) {
  listTitle.textContent = state.q ? 'Found' : 'Incidents';
  listState.textContent = 'Loading …';
  const data = await ask(state.q ? searchQuery(state.q, state.asOf) : incidentsQuery(filterOf(state), state.asOf));
  if (mine !== asked) return;
  const { nodes, totalCount } = state.q ? data.search : data.incidents;
  const what = (state.q ? ` for “${state.q}”` : '') + (state.asOf ? ` known on ${day(state.asOf)}` : '');
  listState.textContent = nodes.length === 0 ? `Nothing${what}.`
    : nodes.length < totalCount ? `The first ${nodes.length} of ${totalCount}${what}` : what && `${totalCount}${what}`;
  list.replaceChildren(...nodes.map((node) => listItem(node, state)));
  filters.hidden = Boolean(state.q);
  const narrowed = fields.some((field) => state[field]);
  if (data.statistics) {
    counts = data.statistics;
    detail.querySelector('.charts')?.replaceChildren(...counted(state));
    filters.querySelector('div').replaceChildren(...charts(data.statistics, state, address));
    filters.querySelector('summary').textContent = narrowed ? 'Narrowed; show the counts' : 'Narrow by year, kind, standing or region';
  }
}

function listItem(node, state) {
  const chosen = node.id === state.id || node.mentionIds?.includes(state.id);
  const about = node.kind === 'INCIDENT'
    ? [incidentKind(node.incidentKind), day(node.identifiedOn ?? node.firstReportedOn, node.identifiedOn ? node.precision : 'DAY')]
    : [words(node.kind)];
  return el('li', {},
    el('a', { href: address({ ...state, id: node.id }), 'aria-current': chosen ? 'true' : undefined },
      el('strong', {}, node.name),
      el('span', { class: 'about' }, about.filter(Boolean).join(', ')),
      node.impacts && el('span', { class: 'standings' }, ...tally(node.impacts))));
}

function tally(impacts) {
  const counts = new Map();
  for (const { status } of impacts) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, n]) => standing(status, n));
}

// counted is the charts as they came last with the list. The list comes later than the detail's hint, so it fills them in, too.
let counts = null;
const counted = (state) => (counts ? charts(counts, state, address) : []);

async function showDetail(state, mine) {
  document.body.classList.toggle('chosen', state.id !== ''); // on narrow screens either the list or the detail is shown
  if (!state.id) {
    detail.replaceChildren(hint.cloneNode(true), el('div', { class: 'charts' }, ...(state.q ? [] : counted(state))));
    document.title = 'Spillover explorer';
    return;
  }
  detail.setAttribute('aria-busy', 'true');
  const [kind] = state.id.split(':');
  const question = ({ council: councilQuery, incident: incidentQuery }[kind] ?? thingQuery)(state.id, state.asOf);
  // The slider goes over all days, whichever is shown.
  const [{ node }, now] = await Promise.all([ask(question), state.asOf && kind === 'incident' ? ask(incidentQuery(state.id, '')) : null])
    .finally(() => detail.removeAttribute('aria-busy'));
  if (mine !== asked) return;
  if (!node) {
    detail.replaceChildren(el('p', { class: 'hint' }, state.asOf
      ? `Nothing of that was known on ${day(state.asOf)}. ` : 'There is nothing under this id. ',
    state.asOf && link(address({ ...state, asOf: '' }), 'What is known now')));
    return;
  }
  const to = (id) => address({ ...state, id });
  const show = { Incident: incident, Council: council }[node.__typename] ?? (node.claims && thing);
  detail.replaceChildren(
    el('p', { class: 'back' }, link(address({ ...state, id: '' }), state.q ? 'Back to what was found' : 'All incidents')),
    ...(show ? show(node, to, { whole: now?.node ?? node, asOf: state.asOf, at: (asOf) => go({ ...read(), asOf }) }) : [el('h1', {}, node.name ?? node.id)]),
    el('p', {}, link('/playground?' + new URLSearchParams({
      query: question.query, variables: JSON.stringify(question.variables, null, 2),
    }), 'Open this as a query in the playground')));
  document.title = `${node.name} – Spillover`;
}

const hint = detail.firstElementChild.cloneNode(true);

form.addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(typing);
  go({ ...read(), q: form.elements.q.value.trim(), asOf: form.elements.asOf.value });
});
// What is typed is looked for at once; the address follows without a step back for each letter.
let typing;
form.elements.q.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    history.replaceState(null, '', address({ ...read(), q: form.elements.q.value.trim() }));
    show();
  }, 200);
});
form.elements.asOf.addEventListener('change', () => go({ ...read(), asOf: form.elements.asOf.value }));

// Links within the explorer change the view in place; with a modifier key they open as any link does.
document.addEventListener('click', (event) => {
  const a = event.target.closest('a[href^="?"], a.brand');
  if (!a || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  stop();
  const before = read().id;
  history.pushState(null, '', a.getAttribute('href') ?? '/');
  show().then(() => {
    if (read().id !== before) (read().id ? detail : list).focus();
  });
});
// The server tells those who stay a while when the graph changed. What is read is not pulled away from under the reader: a
// button shows what is new.
const news = document.getElementById('news');
setTimeout(() => {
  const changed = new EventSource('/graphql?' + new URLSearchParams({ query: 'subscription { graphChanged { revision } }' }));
  changed.addEventListener('next', () => { news.hidden = read().asOf !== ''; });
}, 15_000);
news.querySelector('button').addEventListener('click', () => {
  news.hidden = true;
  show();
});

addEventListener('popstate', () => {
  stop();
  show();
});
show();
