// Where the spots of the map stand: councils are drawn to their part of the country, and to those they share with.

import { type Simulation, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import type { Graph, Spot } from './data';

// The parts of the country, roughly as on a map, from left to right and from the top.
const places: Record<string, [x: number, y: number]> = {
  SCOTLAND: [0.36, 0.1], NORTHERN_IRELAND: [0.1, 0.33], NORTH_EAST: [0.66, 0.24], NORTH_WEST: [0.42, 0.36], YORKSHIRE_AND_THE_HUMBER: [0.72, 0.42],
  WALES: [0.22, 0.6], WEST_MIDLANDS: [0.46, 0.58], EAST_MIDLANDS: [0.7, 0.58], EAST_OF_ENGLAND: [0.93, 0.62], LONDON: [0.8, 0.77], SOUTH_EAST: [0.64, 0.9], SOUTH_WEST: [0.28, 0.88],
};

// sizeOf is how wide and high the country is, so that all spots have room.
const sizeOf = (graph: Graph): number => Math.max(700, 46 * Math.sqrt(graph.spots.length) * 1.35);

const ticks = 160;

// simulate is what moves the spots to their places; wide is how much wider than the country it may become.
export function simulate(graph: Graph, wide: number): Simulation<Spot, undefined> {
  const size = sizeOf(graph);
  const anchor = (spot: Spot): [number, number] => {
    const [x, y] = places[spot.place] ?? [0.55, 0.5];
    return [x * size * wide, y * size];
  };
  const middle = (spot: Spot): [number, number] => {
    if (spot.council) return anchor(spot);
    const all = spot.links.map(anchor);
    return [0, 1].map((axis) => all.reduce((sum, at) => sum + at[axis]!, 0) / all.length) as [number, number];
  };
  const turn = Math.PI * (3 - Math.sqrt(5)); // the angle at which seeds in a sunflower follow one another: it fills a disc evenly
  graph.spots.forEach((spot, i) => {
    const [x, y] = middle(spot), far = 4 * Math.sqrt(i % 100);
    Object.assign(spot, { x: x + far * Math.cos(i * turn), y: y + far * Math.sin(i * turn) });
  });
  return forceSimulation(graph.spots)
    .alphaDecay(1 - 0.001 ** (1 / ticks))
    .force('link', forceLink<Spot, { source: Spot; target: Spot }>(graph.links).distance(26).strength((link) => 0.7 / Math.sqrt(Math.min(link.target.links.length, 20))))
    .force('apart', forceManyBody<Spot>().strength(-38).distanceMax(220).theta(1.1))
    .force('room', forceCollide<Spot>((spot) => (spot.council ? 9 : 8)))
    .force('x', forceX<Spot>((spot) => middle(spot)[0]).strength((spot) => (spot.council ? 0.09 : 0.02)))
    .force('y', forceY<Spot>((spot) => middle(spot)[1]).strength((spot) => (spot.council ? 0.09 : 0.02)))
    .stop();
}
