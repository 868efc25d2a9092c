// How an incident or a council is shown. Both give the elements of the view; to(id) is the address of another one.

import { day, el, evidence, incidentKind, link, standing } from './elements.js';

export function incident(node, to) {
  const { spread } = node;
  const when = node.identifiedOn ? `identified ${node.precision === 'DAY' ? 'on' : 'in'} ${day(node.identifiedOn, node.precision)}` : '';
  const reported = node.firstReportedOn ? `first reported on ${day(node.firstReportedOn)}` : '';
  const counts = ['compromised', 'disrupted', 'suspected', 'unaffected', 'unreported'].filter((key) => spread[key] > 0);
  return [
    el('h1', {}, node.name),
    el('p', { class: 'about' }, [incidentKind(node.incidentKind), when, reported].filter(Boolean).join(', ')),
    counts.length > 0 && el('p', { class: 'standings' }, ...counts.map((key) => standing(key.toUpperCase(), spread[key]))),
    ...section('How it spread', spreadTree(spread, node.impacts, to)),
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
  const place = [node.region, node.nation].filter(Boolean).map((name) => name.replaceAll('_', ' ').toLowerCase()
    .replace(/\b(?!and|the|of)[a-z]/g, (letter) => letter.toUpperCase())).join(', ');
  return [
    el('h1', {}, node.name),
    el('p', { class: 'about' }, [place, node.gss, ceased].filter(Boolean).join(', ')),
    node.successors.length > 0 && el('p', {}, 'Succeeded by ', ...node.successors.flatMap((s, i) => [i > 0 && ', ', link(to(s.id), s.name)])),
    ...section('Its incidents', impacts(node.impacts, (impact) => link(to(impact.incident.id), impact.incident.name))),
    ...section('Whom a compromise here could reach', reach.length > 0
      ? hopTree([node], reach, new Map(), to) : el('p', {}, 'No shared arrangement is known.')),
  ].filter(Boolean);
}

function section(title, content) {
  return content ? [el('h2', {}, title), content] : [];
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
