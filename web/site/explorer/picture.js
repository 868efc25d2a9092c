// The picture of a spread: councils in columns by their distance from the origins, what joins them in between. It is drawn
// from the same spread as the list below it, which says all that the picture shows.

import { day, shapes, shortName, svg } from './elements.js';

const row = 40, column = 400, margin = 16, node = 208, apartAtLeast = 36;

// layout places councils and arrangements: { councils, joints, lines, width, height }.
export function layout(spread, statusOf) {
  const councils = new Map(), joints = new Map(), lines = [], columns = [];
  const put = (place, distance, status, on) => {
    if (councils.has(place.id)) return councils.get(place.id);
    const at = { ...place, distance, status, on, x: margin + distance * column, y: 0 };
    (columns[distance] ??= []).push(at);
    councils.set(place.id, at);
    return at;
  };
  for (const origin of spread.origins) put(origin, 0, statusOf.get(origin.id) ?? 'COMPROMISED', null);
  // Partners of one arrangement stand together.
  const byRoad = [...Map.groupBy(spread.hops, (hop) => `${hop.distance} ${hop.via.id}`).values()];
  for (const hop of byRoad.flat()) put(hop.to, hop.distance, hop.outcome, hop.reportedOn);
  const tallest = Math.max(...columns.map((all) => all?.length ?? 0));
  for (const all of columns.filter(Boolean)) {
    all.forEach((at, i) => { at.y = margin + row / 2 + (i + (tallest - all.length) / 2) * row; });
  }
  for (const along of byRoad) {
    const { via, distance } = along[0];
    const joint = { ...via, x: margin + (distance - 1) * column + (distance === 0 ? 0 : node + (column - node) / 2), y: 0, key: `${distance} ${via.id}` };
    const ends = along.flatMap((hop) => [councils.get(hop.from.id), councils.get(hop.to.id)]);
    joint.y = ends.reduce((sum, end) => sum + end.y, 0) / ends.length;
    joints.set(joint.key, joint);
    for (const from of new Set(along.map((hop) => hop.from.id))) lines.push({ from: councils.get(from), to: joint, directed: true, leaves: true });
    for (const hop of along) lines.push({ from: joint, to: councils.get(hop.to.id), directed: hop.directed, leaves: false });
  }
  apart([...joints.values()]);
  const lowest = Math.max(margin + tallest * row, ...[...joints.values()].map(({ y }) => y + row / 2));
  return { councils: [...councils.values()], joints: [...joints.values()], lines, width: margin * 2 + node + 60 + (columns.length - 1) * column, height: lowest + margin };
}

// apart moves joints of one column that would lie on one another.
function apart(joints) {
  for (const all of Map.groupBy(joints, (joint) => joint.x).values()) {
    all.sort((a, b) => a.y - b.y);
    for (let i = 1; i < all.length; i++) all[i].y = Math.max(all[i].y, all[i - 1].y + apartAtLeast);
  }
}

// spreadPicture draws it; to(id) is the address of a view.
export function spreadPicture(spread, impacts, to) {
  const statusOf = new Map(impacts.map(({ council, status }) => [council.id, status]));
  const { councils, joints, lines, width, height } = layout(spread, statusOf);
  const curve = ({ from, to: end, leaves }) => {
    const x1 = leaves ? from.x + node : from.x + 5, x2 = leaves ? end.x - 5 : end.x - 4;
    const back = x2 < x1; // among the origins themselves
    const middle = back ? Math.max(x1, x2) + 40 : (x1 + x2) / 2;
    return `M${x1} ${from.y} C${middle} ${from.y} ${back ? middle : (x1 + x2) / 2} ${end.y} ${back ? end.x + node : x2} ${end.y}`;
  };
  return svg('svg', { class: 'picture', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'How it spread, as a picture. The list that follows says the same.' },
    ...lines.map((line) => svg('path', { class: line.directed ? 'road-line' : 'road-line undirected', d: curve(line) })),
    ...joints.map((joint) => svg('g', { class: 'joint' },
      svg('title', {}, `${joint.name}${joint.provider ? ` (${joint.provider})` : ''}`),
      svg('rect', { x: joint.x - 5, y: joint.y - 5, width: 10, height: 10, rx: 3 }),
      svg('text', { x: joint.x, y: joint.y - 9, 'text-anchor': 'middle' }, clip(joint.name, 30)))),
    ...councils.map((council) => svg('a', { href: to(council.id), class: `node ${council.status.toLowerCase()}`,
      'aria-label': `${council.name}, ${council.status.toLowerCase()}${council.on ? `, since ${day(council.on)}` : ''}` },
    svg('title', {}, `${council.name}: ${council.status.toLowerCase()}${council.on ? `, ${day(council.on)}` : ''}`),
    svg('rect', { x: council.x, y: council.y - 13, width: node, height: 26, rx: 5 }),
    svg('text', { class: 'shape', x: council.x + 9, y: council.y + 5 }, shapes[council.status]),
    svg('text', { x: council.x + 26, y: council.y + 4.5 }, clip(shortName(council.name), 23)))));
}

const clip = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
