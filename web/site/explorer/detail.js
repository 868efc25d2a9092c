// How an incident or a council is shown. Both give the elements of the view; to(id) is the address of another one.

import { day, el, evidence, figure, incidentKind, link, shortName, standing, words } from './elements.js';
import { saveCSV, saveJSON, savePNG, saveSVG } from './keep.js';
import { lanes, reportDays } from './lanes.js';
import { moment } from './moment.js';
import { spreadPicture } from './picture.js';

// incident shows one; whole is what is known of it now, at(day) shows it as of a day, asOf is the day shown.
export function incident(node, to, { whole, asOf, at }) {
  const { spread } = node;
  const when = node.identifiedOn ? `identified ${node.precision === 'DAY' ? 'on' : 'in'} ${day(node.identifiedOn, node.precision)}` : '';
  const reported = node.firstReportedOn ? `first reported on ${day(node.firstReportedOn)}` : '';
  const counts = ['compromised', 'disrupted', 'suspected', 'unaffected', 'unreported'].filter((key) => spread[key] > 0);
  return [
    el('h1', {}, node.name),
    el('p', { class: 'about' }, [incidentKind(node.incidentKind), when, reported].filter(Boolean).join(', ')),
    counts.length > 0 && el('p', { class: 'standings' }, ...counts.map((key) => standing(key.toUpperCase(), spread[key]))),
    moment(reportDays(whole), node.impacts, asOf, at),
    ...section('How it spread', drawn(node, to)),
    ...section('Who reported what, when', node.impacts.length > 0 && lanes(node.impacts)),
    ...section('What was said of each council', impacts(node.impacts, (impact) => link(to(impact.council.id), impact.council.name))),
    ...section('Who is said to be behind it', relations(node.attributions, (a) => `${a.actor.name}, ${
      { CONFIRMED: 'confirmed', REPORTED: 'as reported', CLAIMED: 'by its own claim' }[a.basis]}`)),
    ...section('Who is on it', relations(node.responses, (r) => `${r.agency.name}, ${r.role.toLowerCase()}`)),
  ].filter(Boolean);
}

export function council(node, to) {
  // Nothing has happened yet, so how each partner stands would be one word repeated.
  const reach = node.exposure.map((hop) => ({ ...hop, outcome: null }));
  const ceased = node.ceasedOn && `abolished on ${day(node.ceasedOn)}`;
  const place = [node.region, node.nation].filter(Boolean).map(words).join(', ');
  return [
    el('h1', {}, node.name),
    el('p', { class: 'about' }, [place, node.gss, ceased].filter(Boolean).join(', ')),
    node.successors.length > 0 && el('p', {}, 'Succeeded by ', ...node.successors.flatMap((s, i) => [i > 0 && ', ', link(to(s.id), s.name)])),
    ...section('Its incidents', impacts(node.impacts, (impact) => link(to(impact.incident.id), impact.incident.name))),
    ...section('Whom a compromise here could reach', reach.length > 0
      ? hopTree([node], reach, new Map(), to) : el('p', {}, 'No shared arrangement is known.')),
  ].filter(Boolean);
}

// thing shows what is of any other kind: an arrangement, an agency, a threat actor, an official.
export function thing(node, to) {
  const { nodes, totalCount } = node.claims;
  return [
    el('h1', {}, node.name),
    el('p', { class: 'about' }, [words(node.kind), node.aliases.length > 0 && `also ${node.aliases.join(', ')}`,
      node.firstReportedOn && `first reported on ${day(node.firstReportedOn)}`].filter(Boolean).join('; ')),
    ...section(totalCount > nodes.length ? `The latest ${nodes.length} of ${totalCount} claims` : 'What was said', nodes.length > 0 && el('ul', { class: 'plain' },
      ...nodes.map((claim) => el('li', {},
        link(to(claim.subject.id), claim.subject.name), `, ${words(claim.predicate).toLowerCase()}${/^[A-Z_]+$/.test(claim.value ?? '') && claim.predicate !== 'DATA' ? `, ${words(claim.value).toLowerCase()}` : ''}: `, claim.object ? link(to(claim.object.id), claim.object.name) : claim.label ?? '',
        figure(claim))))),
  ];
}

function section(title, content) {
  return content ? [el('h2', {}, title), content] : [];
}

// drawn is the spread as a picture, as the list that says the same, and to keep.
function drawn(node, to) {
  const list = spreadTree(node.spread, node.impacts, to);
  if (node.spread.origins.length === 0 || node.spread.hops.length === 0) return list;
  const picture = spreadPicture(node.spread, node.impacts, to);
  const name = shortName(node.name).toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const rows = () => [['distance', 'from', 'through', 'to', 'standing', 'reported on', 'quotes'],
    ...node.spread.hops.map((hop) => [hop.distance, hop.from.name, hop.via.name, hop.to.name, hop.outcome, hop.reportedOn, hop.evidence.map(({ quote }) => quote).join(' | ')])];
  const save = (label, f) => {
    const button = el('button', { type: 'button', class: 'quiet' }, label);
    button.addEventListener('click', f);
    return button;
  };
  return el('div', {}, el('div', { class: 'wide' }, picture),
    el('p', { class: 'keep' }, 'Keep the picture as ', save('SVG', () => saveSVG(picture, name)), save('PNG', () => savePNG(picture, name)),
      ' the steps as ', save('CSV', () => saveCSV(rows(), name)), ' all as ', save('JSON', () => saveJSON(node, name))),
    el('details', { class: 'as-list' }, el('summary', {}, 'The same as a list, with the words behind each step'), list));
}

function spreadTree(spread, impacts, to) {
  if (spread.origins.length === 0) {
    return el('p', {}, 'No council is reported compromised or disrupted, so there is nothing for a spread to start from.');
  }
  const statusOf = new Map(impacts.map(({ council, status }) => [council.id, status]));
  const tree = hopTree(spread.origins, spread.hops, statusOf, to);
  return spread.truncated
    ? el('div', {}, tree, el('p', { class: 'hint' }, `Searched to ${spread.searchedTo} hops; there may be more beyond.`)) : tree;
}

// hopTree nests councils under what leads to them: council, then arrangement, then partner, and so on. A council that
// is reached twice has its own partners under it once.
function hopTree(origins, hops, statusOf, to) {
  const isOrigin = new Set(origins.map(({ id }) => id));
  const opened = new Set();
  const from = Map.groupBy(hops, (hop) => hop.from.id);

  const partners = (id) => {
    if (opened.has(id)) return null;
    opened.add(id);
    const roads = Map.groupBy(from.get(id) ?? [], (hop) => hop.via.id);
    if (roads.size === 0) return null;
    return el('ul', {}, ...[...roads.values()].map((along) => el('li', { class: 'road' },
      el('span', {}, 'through ', el('em', {}, along[0].via.name), along[0].via.provider ? ` (${along[0].via.provider})` : ''),
      el('ul', {}, ...along.map(partner)))));
  };
  const partner = (hop) => el('li', {},
    line(hop.to, hop.outcome),
    hop.reportedOn && el('span', { class: 'about' }, ` since ${day(hop.reportedOn)}`),
    !hop.directed && el('span', { class: 'about' }, ' – equally first; nobody has said which way it went'),
    evidence(hop.evidence),
    isOrigin.has(hop.to.id) ? null : partners(hop.to.id));
  const line = (place, status) => el('span', { class: 'council' }, link(to(place.id), place.name), ' ', status && standing(status));

  return el('ul', { class: 'tree' }, ...origins.map((origin) => el('li', {},
    line(origin, statusOf.get(origin.id)),
    statusOf.has(origin.id) && el('span', { class: 'about' }, origins.length > 1 ? ' among the first reported' : ' first reported'),
    partners(origin.id))));
}

function impacts(all, name) {
  if (all.length === 0) return null;
  return el('ul', { class: 'plain' }, ...all.map((impact) => el('li', {},
    name(impact), ' ', standing(impact.status),
    el('span', { class: 'about' },
      [impact.firstReportedOn && ` first reported on ${day(impact.firstReportedOn)}`,
        impact.publishers > 1 && ` by ${impact.publishers} independent publishers`,
        impact.disputed && ' – sources disagree'].filter(Boolean).join('')),
    impact.history?.length > 1 && el('ol', { class: 'history', 'aria-label': 'How reports changed' },
      ...impact.history.map((report) => el('li', {}, standing(report.status), ` ${day(report.on) || 'undated'}`))),
    evidence(impact.evidence))));
}

function relations(all, text) {
  if (all.length === 0) return null;
  return el('ul', { class: 'plain' }, ...all.map((relation) => el('li', {}, text(relation), evidence(relation.evidence))));
}
