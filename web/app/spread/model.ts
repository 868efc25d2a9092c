// What the picture and the nested list are both drawn from: councils, and the arrangements that lead from one to another. An
// incident's spread, a what-if and opened neighbours all become one of these.

import type { HopFragment, NeighboursQuery, WordsFragment } from '../operations.gen';
import { type Outcome, outcomes } from '../words';

export interface Place {
  id: string;
  name: string;
}

export interface Via extends Place {
  arrangementKind: string | null;
  provider: string | null;
}

// A Step leads from a council through an arrangement to a partner. Where nothing has happened there is no outcome.
export interface Step {
  distance: number;
  directed: boolean;
  outcome: Outcome | null;
  reportedOn: string | null;
  from: Place;
  via: Via;
  to: Place;
  evidence: WordsFragment[];
}

export interface Standing {
  outcome: Outcome;
  on: string | null; // since when
}

export interface Spread {
  origins: Place[];
  steps: Step[];
  standings: Map<string, Standing>; // of councils of which anything is reported
}

// A Road is all steps of one distance through one arrangement.
export interface Road {
  key: string;
  via: Via;
  distance: number;
  from: Place[];
  steps: Step[];
}

export const spreadOf = (origins: Place[], steps: Step[], standings: Map<string, Standing> = new Map()): Spread => ({ origins, steps, standings });

// whatIf is the exposure of a council: how each partner stands would be one word repeated, so it is left out.
export const whatIf = (origin: Place, hops: HopFragment[]): Spread =>
  spreadOf([origin], hops.map((hop) => ({ ...hop, outcome: null, reportedOn: null })));

export function roads({ steps }: Spread): Road[] {
  return [...Map.groupBy(steps, ({ distance, via }) => `${distance} ${via.id}`)].map(([key, along]) => ({
    key, via: along[0]!.via, distance: along[0]!.distance, steps: along,
    from: [...new Map(along.map(({ from }) => [from.id, from])).values()],
  }));
}

// reached are the councils of a spread with how they stand, each once, at its shortest distance.
export function reached(spread: Spread): Map<string, { place: Place; distance: number; outcome: Outcome | null; on: string | null }> {
  const all = new Map<string, { place: Place; distance: number; outcome: Outcome | null; on: string | null }>();
  for (const place of spread.origins) all.set(place.id, { place, distance: 0, outcome: spread.standings.get(place.id)?.outcome ?? null, on: spread.standings.get(place.id)?.on ?? null });
  for (const { to, distance, outcome, reportedOn } of spread.steps) {
    if (!all.has(to.id)) all.set(to.id, { place: to, distance, outcome, on: reportedOn });
  }
  return all;
}

// withNeighbours adds the partners of opened councils that the spread does not have.
export function withNeighbours(spread: Spread, opened: NeighboursQuery['nodes']): Spread {
  const known = reached(spread);
  const steps = [...spread.steps];
  const there = new Set(steps.map(({ from, via, to }) => `${from.id} ${via.id} ${to.id}`));
  for (const council of opened) {
    if (!council || !('memberships' in council)) continue;
    const at = known.get(council.id);
    if (!at) continue;
    for (const { arrangement, evidence } of council.memberships) {
      for (const { council: to } of arrangement.memberships) {
        if (known.has(to.id) || there.has(`${council.id} ${arrangement.id} ${to.id}`)) continue;
        steps.push({ distance: at.distance + 1, directed: true, outcome: null, reportedOn: null, from: at.place, via: arrangement, to, evidence });
      }
    }
  }
  return { ...spread, steps };
}

const fewSilent = 5;

// silent are the councils reached through a road of which nobody has spoken, where they are too many to name at once. They
// are named where the road is opened. A council from which the spread goes on is never among them.
export function silent(spread: Spread, road: Road, opened: Set<string>): Place[] {
  if (opened.has(road.via.id)) return [];
  const leads = new Set(spread.steps.map(({ from }) => from.id));
  const origins = new Set(spread.origins.map(({ id }) => id));
  const all = road.steps.filter(({ to, outcome }) => (outcome === null || outcome === 'UNREPORTED') && !leads.has(to.id) && !origins.has(to.id)).map(({ to }) => to);
  const once = [...new Map(all.map((place) => [place.id, place])).values()];
  return once.length > (road.distance > 1 ? fewSilent - 2 : fewSilent) ? once : []; // what is farther away may be named more briefly
}

// bySeverity orders steps for reading: the struck first, the silent last.
export function bySeverity(a: Step, b: Step): number {
  const order = ({ outcome }: Step) => (outcome === null ? outcomes.length : outcomes.indexOf(outcome));
  return order(a) - order(b);
}
