// Draws the map on a canvas. All lines are one stroke and all spots of a colour one fill, so that thousands stay fluid.

import { type Outcome, atMost, outcomes, shortName, words } from '../words';
import type { Graph, Spot } from './data';

export interface Sight {
  x: number; // where the map's origin stands on the canvas
  y: number;
  scale: number;
}

export interface Colours {
  ink: string;
  soft: string;
  line: string;
  ground: string;
  link: string;
  of: Record<Outcome, string>;
}

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: colour('ink'), soft: colour('soft'), line: colour('line'), ground: colour('ground'), link: colour('link'),
    of: Object.fromEntries(outcomes.map((status) => [status, colour(status.toLowerCase())])) as Colours['of'],
  };
}

const radius = ({ council, links }: Spot) => (council ? 4.5 : 2 + Math.min(6, Math.sqrt(links.length)));

export function draw(context: CanvasRenderingContext2D, graph: Graph, sight: Sight, colours: Colours, chosen: Spot | null): void {
  const { canvas } = context, ratio = devicePixelRatio;
  const width = canvas.width / ratio, height = canvas.height / ratio;
  const seen = ({ x, y }: Spot) => {
    const at = x * sight.scale + sight.x, down = y * sight.scale + sight.y;
    return at > -40 && at < width + 40 && down > -40 && down < height + 40;
  };
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  regions(context, graph, sight, colours);
  context.setTransform(ratio * sight.scale, 0, 0, ratio * sight.scale, ratio * sight.x, ratio * sight.y);

  context.lineWidth = 1 / sight.scale;
  context.strokeStyle = colours.soft;
  context.globalAlpha = chosen ? 0.12 : 0.35;
  context.beginPath();
  for (const { source, target } of graph.links) {
    if (!seen(source) && !seen(target)) continue;
    context.moveTo(source.x, source.y);
    context.lineTo(target.x, target.y);
  }
  context.stroke();

  const near = new Set<Spot>(chosen ? [chosen, ...chosen.links, ...(chosen.council ? chosen.links.flatMap(({ links }) => links) : [])] : []);
  context.globalAlpha = 1;
  if (chosen) {
    context.strokeStyle = colours.link;
    context.lineWidth = 1.6 / sight.scale;
    context.beginPath();
    for (const { source, target } of graph.links) {
      if (!near.has(source) || !near.has(target)) continue;
      context.moveTo(source.x, source.y);
      context.lineTo(target.x, target.y);
    }
    context.stroke();
  }
  const visible = graph.spots.filter(seen);
  const fill = (all: Spot[], colour: string, alpha: number) => {
    context.globalAlpha = alpha;
    context.fillStyle = colour;
    context.beginPath();
    for (const spot of all) {
      const r = radius(spot);
      if (!spot.council) context.rect(spot.x - r, spot.y - r, 2 * r, 2 * r);
      else if (spot.worst === 'DISRUPTED') diamond(context, spot.x, spot.y, r * 1.5);
      else if (spot.worst === 'COMPROMISED') context.rect(spot.x - r * 1.2, spot.y - r * 1.2, 2.4 * r, 2.4 * r);
      else {
        context.moveTo(spot.x + r, spot.y);
        context.arc(spot.x, spot.y, r, 0, 2 * Math.PI);
      }
    }
    context.fill();
  };
  const groups = Map.groupBy(visible, (spot) => `${chosen && !near.has(spot) ? 0.25 : 1} ${spot.council ? spot.worst ?? 'quiet' : 'arrangement'}`);
  for (const [key, all] of groups) {
    const [alpha, kind] = key.split(' ') as [string, string];
    fill(all, kind === 'quiet' ? colours.soft : kind === 'arrangement' ? colours.link : colours.of[kind as Outcome], Number(alpha));
  }
  context.globalAlpha = 1;
  labels(context, visible, near, chosen, sight, colours, ratio);
}

function diamond(context: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  context.moveTo(x, y - r);
  context.lineTo(x + r, y);
  context.lineTo(x, y + r);
  context.lineTo(x - r, y);
  context.closePath();
}

// regions are named above their councils.
function regions(context: CanvasRenderingContext2D, graph: Graph, sight: Sight, colours: Colours): void {
  context.font = '600 12px system-ui, sans-serif';
  context.textAlign = 'center';
  context.fillStyle = colours.soft;
  const taken: { at: number; down: number; half: number }[] = [];
  for (const [place, all] of Map.groupBy(graph.spots, (spot) => spot.place)) {
    if (!place) continue;
    const x = all.reduce((sum, spot) => sum + spot.x, 0) / all.length;
    const top = Math.min(...all.filter((spot) => Math.abs(spot.x - x) < 140).map(({ y }) => y));
    const at = x * sight.scale + sight.x, down = (top - 16) * sight.scale + sight.y, name = words(place).toUpperCase();
    const half = context.measureText(name).width / 2;
    if (!Number.isFinite(top) || taken.some((other) => Math.abs(other.down - down) < 15 && Math.abs(other.at - at) < other.half + half)) continue;
    taken.push({ at, down, half });
    context.fillText(name, at, down);
  }
}

const mostLabels = 90;

// labels name what was struck and what is chosen, and the rest once there is room.
function labels(context: CanvasRenderingContext2D, visible: Spot[], near: Set<Spot>, chosen: Spot | null, sight: Sight, colours: Colours, ratio: number): void {
  const roomy = sight.scale > 1.5;
  const named = visible.filter((spot) => near.has(spot) || (!chosen && (roomy || (spot.worst !== null && spot.worst !== 'UNAFFECTED'))));
  if (named.length > mostLabels * 3) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.font = '12px system-ui, sans-serif';
  context.textAlign = 'left';
  context.lineWidth = 3;
  context.strokeStyle = colours.ground;
  context.fillStyle = colours.ink;
  const taken: { x: number; y: number; end: number }[] = []; // where there is a label
  const first = (spot: Spot) => (spot === chosen ? 0 : spot.worst ? 1 : 2);
  for (const spot of named.sort((a, b) => first(a) - first(b)).slice(0, mostLabels)) {
    const x = spot.x * sight.scale + sight.x + 8, y = spot.y * sight.scale + sight.y + 4;
    const whole = spot.council ? shortName(spot.name) : spot.name, name = spot === chosen ? whole : atMost(32, whole);
    const label = { x, y, end: x + context.measureText(name).width + 4 };
    if (spot !== chosen && taken.some((other) => Math.abs(other.y - y) < 14 && other.x < label.end && label.x < other.end)) continue;
    taken.push(label);
    context.strokeText(name, x, y);
    context.fillText(name, x, y);
  }
}
