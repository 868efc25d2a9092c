// Where the parts of a picture stand. Where there is room councils are in columns by their distance, arrangements in
// between; on narrow screens, and where hops are too many for columns that can be read, all stand below one another, indented by
// distance, as in a family tree.

import { type Outcome, day, many, shortName } from '../words';
import { type Place, type Road, type Spread, type Step, bySeverity, reached, roads, silent } from './model';

export interface Box {
  key: string; // of the thing: a council's id, or a road's key
  id: string; // what is chosen with it
  kind: 'council' | 'arrangement' | 'more';
  lines: string[];
  whole: string[]; // the whole name, where it does not fit into the lines
  name: string;
  outcome: Outcome | null;
  on: string | null;
  origin: boolean;
  count: number; // of councils that a box of kind "more" stands for
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Line {
  key: string;
  d: string;
  directed: boolean;
  outcome: Outcome | null;
  select: string; // what is chosen with it
  says: string;
}

export interface Layout {
  boxes: Box[];
  lines: Line[];
  width: number;
  height: number;
}

const margin = 8, gap = 12, councilHeight = 44, lineHeight = 15;
const narrowest = 600;

let context: CanvasRenderingContext2D | null = null;

function textWidth(text: string, font: string): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * 7;
  context.font = font;
  return context.measureText(text).width;
}

const fonts = { council: '600 13px system-ui, sans-serif', arrangement: '12px system-ui, sans-serif' };

// wrap breaks a text into lines of a width; what does not fit into the last is cut.
function wrap(text: string, width: number, font: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  const all = text.split(' ');
  for (const [i, word] of all.entries()) {
    const longer = line ? `${line} ${word}` : word;
    if (textWidth(longer, font) <= width) {
      line = longer;
      continue;
    }
    if (line && lines.length < most - 1) {
      lines.push(line);
      line = word;
      continue;
    }
    line = cut([line, ...all.slice(i)].filter(Boolean).join(' '), width, font);
    break;
  }
  return [...lines, cut(line, width, font)];
}

// whole is a name in as many lines as it takes, where what is seen of it was cut.
const whole = (name: string, seen: string[], width: number, font: string): string[] => (seen.some((line) => line.endsWith('…')) ? wrap(name, width, font, Infinity) : []);

function cut(text: string, width: number, font: string): string {
  if (textWidth(text, font) <= width) return text;
  let end = text.length;
  while (end > 1 && textWidth(`${text.slice(0, end)}…`, font) > width) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}

export function layout(spread: Spread, opened: Set<string>, available: number): Layout {
  const columns = available >= narrowest && unitOf(spread, available) >= leastUnit;
  const parts = boxes(spread, opened, columns ? wideWidths(spread, available) : narrowWidths);
  return columns ? wide(parts, available) : narrow(parts, Math.min(available, widestTree));
}

interface Parts {
  spread: Spread;
  councils: Map<string, Box>; // by the council's id; several share one where it stands for many
  columns: Box[][];
  roads: { road: Road; box: Box }[];
}

interface Widths {
  council: number;
  arrangement: number;
  gap: number;
}

const narrowWidths: Widths = { council: 250, arrangement: 250, gap: 0 };

const leastUnit = 15, widestTree = 640;

// unitOf is how wide a column's unit may be, for all columns to fit; below leastUnit names could not be read.
function unitOf(spread: Spread, available: number): number {
  const far = Math.max(1, ...spread.steps.map(({ distance }) => distance));
  return (available - 3 * margin) / ((far + 1) * 11 + far * 7.5 + far * 2 * 2.2);
}

function wideWidths(spread: Spread, available: number): Widths {
  const unit = Math.min(25, unitOf(spread, available));
  return { council: unit * 11, arrangement: unit * 7.5, gap: unit * 2.2 };
}

function boxes(spread: Spread, opened: Set<string>, widths: Widths): Parts {
  const councils = new Map<string, Box>(), columns: Box[][] = [], placed: Parts['roads'] = [];
  const origins = new Set(spread.origins.map(({ id }) => id));
  const known = reached(spread);
  const inColumn = (i: number, box: Box) => (columns[i] ??= []).push(box);
  const put = (place: Place) => {
    const at = known.get(place.id);
    if (!at || councils.has(place.id)) return;
    const lines = [cut(shortName(place.name), widths.council - 40, fonts.council)];
    const box: Box = {
      key: place.id, id: place.id, kind: 'council', name: place.name, outcome: at.outcome, on: at.on, origin: origins.has(place.id), count: 1,
      lines, whole: whole(place.name, lines, widths.council - 20, fonts.council), x: 0, y: 0, width: widths.council, height: councilHeight,
    };
    councils.set(place.id, box);
    inColumn(2 * at.distance, box);
  };
  spread.origins.forEach(put);
  for (const road of roads(spread).sort((a, b) => a.distance - b.distance)) {
    const lines = wrap(road.via.name, widths.arrangement - 20, fonts.arrangement, 3);
    const box: Box = {
      key: road.key, id: road.via.id, kind: 'arrangement', name: road.via.name, outcome: null, on: null, origin: false, count: 1,
      lines, whole: whole(road.via.name, lines, widths.arrangement - 20, fonts.arrangement), x: 0, y: 0, width: widths.arrangement, height: lines.length * lineHeight + 14,
    };
    inColumn(2 * road.distance - 1, box);
    placed.push({ road, box });
    const folded = silent(spread, road, opened).filter(({ id }) => !councils.has(id));
    const hidden = new Set(folded.map(({ id }) => id));
    for (const { to } of [...road.steps].sort(bySeverity)) if (!hidden.has(to.id)) put(to);
    if (folded.length === 0) continue;
    const more: Box = {
      key: `more ${road.key}`, id: road.via.id, kind: 'more', name: many(folded.length, 'council'), outcome: known.get(folded[0]!.id)?.outcome ?? null, on: null,
      origin: false, count: folded.length, lines: [many(folded.length, 'more council')], whole: [], x: 0, y: 0, width: widths.council, height: councilHeight,
    };
    for (const { id } of folded) councils.set(id, more);
    inColumn(2 * road.distance, more);
  }
  return { spread, councils, columns, roads: placed };
}

function wide({ councils, columns, roads: all, spread }: Parts, available: number): Layout {
  const before = new Map<Box, Box[]>(); // what leads to a box
  const leads = (from: Box | undefined, to: Box | undefined) => from && to && before.set(to, [...(before.get(to) ?? []), from]);
  for (const { road, box } of all) {
    for (const from of road.from) leads(councils.get(from.id), box);
    for (const { to, directed } of road.steps) if (directed) leads(box, councils.get(to.id));
  }
  const w = wideWidths(spread, available);
  let x = margin;
  for (const [i, column] of columns.entries()) {
    const width = i % 2 === 0 ? w.council : w.arrangement;
    if (column) stand(column, x, before);
    x += width + w.gap;
  }
  const flat = columns.filter(Boolean).flat();
  const top = Math.min(...flat.map(({ y }) => y));
  for (const box of flat) box.y += margin - top;
  return {
    boxes: flat,
    lines: lines(all, councils, curve),
    width: Math.ceil(x - w.gap + margin),
    height: Math.ceil(Math.max(...flat.map(({ y, height }) => y + height)) + margin),
  };
}

// stand puts the boxes of a column one below another, in the order of what leads to them.
function stand(column: Box[], x: number, before: Map<Box, Box[]>): void {
  const wanted = new Map(column.map((box, i) => {
    const from = before.get(box) ?? [];
    const middle = from.reduce((sum, { y, height }) => sum + y + height / 2, 0) / from.length;
    return [box, from.length > 0 ? middle : i * (councilHeight + gap)];
  }));
  column.sort((a, b) => wanted.get(a)! - wanted.get(b)!);
  let y = 0;
  for (const box of column) {
    Object.assign(box, { x, y });
    y += box.height + gap;
  }
  for (const box of column) box.y -= (y - gap) / 2; // the middles of all columns are on one line
}

const curve = (from: Box, to: Box): string => {
  const x1 = from.x + from.width, y1 = from.y + from.height / 2, x2 = to.x, y2 = to.y + to.height / 2;
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
};

// joins are the two ends of each line: councils to the arrangement, and on to its partners. Between councils that were equally
// first nobody has said which way it went, so both lead to what joins them.
function lines(all: Parts['roads'], councils: Map<string, Box>, path: (from: Box, to: Box) => string): Line[] {
  const drawn = new Map<string, Line>();
  const draw = (from: Box | undefined, to: Box | undefined, step: Step, select: string, outcome: Outcome | null) => {
    if (!from || !to) return;
    const key = `${from.key} > ${to.key}`;
    const says = `${step.from.name}, through ${step.via.name}, to ${step.to.name}${step.reportedOn ? `, ${day(step.reportedOn)}` : ''}`;
    if (!drawn.has(key) || step.directed) drawn.set(key, { key, d: path(from, to), directed: step.directed, outcome, select, says });
  };
  for (const { road, box } of all) {
    for (const step of road.steps) {
      draw(councils.get(step.from.id), box, step, step.via.id, null);
      if (step.directed) draw(box, councils.get(step.to.id), step, step.to.id, step.outcome);
      else draw(councils.get(step.to.id), box, step, step.via.id, null);
    }
  }
  return [...drawn.values()];
}

const indent = 14;

function narrow({ councils, roads: all, columns }: Parts, available: number): Layout {
  const order: Box[] = [];
  const levels = new Map<Box, number>();
  const under = new Map<string, typeof all>();
  for (const entry of all) for (const from of entry.road.from.slice(0, 1)) under.set(from.id, [...(under.get(from.id) ?? []), entry]);
  const add = (box: Box | undefined, level: number): boolean => {
    if (!box || levels.has(box)) return false;
    levels.set(box, level);
    order.push(box);
    return true;
  };
  const open = (id: string, level: number) => {
    for (const { road, box } of under.get(id) ?? []) {
      if (!add(box, level + 1)) continue;
      for (const { to, directed } of [...road.steps].sort(bySeverity)) {
        if (directed && add(councils.get(to.id), level + 2)) open(to.id, level + 2);
      }
    }
  };
  const origins = columns[0] ?? [];
  for (const origin of origins) add(origin, 0);
  for (const origin of origins) open(origin.id, 0);
  let y = margin;
  for (const box of order) {
    const x = margin + levels.get(box)! * indent;
    Object.assign(box, { x, y, width: available - margin - x });
    y += box.height + gap - 2;
  }
  const elbow = (from: Box, to: Box) => {
    const x = from.x + indent / 2, end = to.y + to.height / 2;
    if (to.x > from.x) return `M${x} ${from.y + from.height} V${end} H${to.x}`;
    return `M${from.x} ${from.y + from.height / 2} H${to.x - indent / 2} V${end} H${to.x}`;
  };
  return { boxes: order, lines: lines(all, councils, elbow), width: available, height: y };
}
