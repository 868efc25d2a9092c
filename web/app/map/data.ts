// What the map of arrangements shows: every arrangement with its councils, in pages, because there may be thousands.

import { ask } from '../api';
import { ArrangementsDocument, type ArrangementsQuery } from '../operations.gen';
import { type Outcome, outcomes } from '../words';

type Arrangement = ArrangementsQuery['sharedArrangements']['nodes'][number];

export interface Spot {
  id: string;
  name: string;
  council: boolean; // else an arrangement
  place: string; // the region or nation of a council
  worst: Outcome | null; // the worst standing that a council has in any incident
  about: string;
  links: Spot[];
  index?: number;
  x: number;
  y: number;
}

export interface Graph {
  spots: Spot[];
  links: { source: Spot; target: Spot }[];
}

export async function load(asOf: string, progress: (done: number, of: number) => void): Promise<Graph> {
  const all: Arrangement[] = [];
  for (let after: string | null = null; ;) {
    const { sharedArrangements }: ArrangementsQuery = await ask(ArrangementsDocument, { after }, { asOf });
    all.push(...sharedArrangements.nodes);
    progress(all.length, sharedArrangements.totalCount);
    if (!sharedArrangements.pageInfo.hasNextPage) return graphOf(all);
    after = sharedArrangements.pageInfo.endCursor;
  }
}

function graphOf(arrangements: Arrangement[]): Graph {
  const councils = new Map<string, Spot>();
  const spots: Spot[] = [], links: Graph['links'] = [];
  for (const { id, name, arrangementKind, provider, memberships } of arrangements) {
    const members = new Map(memberships.map(({ council }) => [council.id, council]));
    if (members.size < 2) continue;
    const arrangement: Spot = { id, name, council: false, place: '', worst: null, about: [arrangementKind, provider].filter(Boolean).join(', '), links: [], x: 0, y: 0 };
    spots.push(arrangement);
    for (const council of members.values()) {
      let spot = councils.get(council.id);
      if (!spot) {
        const worst = outcomes.find((status) => council.impacts.some((impact) => impact.status === status)) ?? null;
        spot = { id: council.id, name: council.name, council: true, place: council.region ?? council.nation ?? '', worst, about: '', links: [], x: 0, y: 0 };
        councils.set(council.id, spot);
      }
      spot.links.push(arrangement);
      arrangement.links.push(spot);
      links.push({ source: spot, target: arrangement });
    }
  }
  return { spots: [...councils.values(), ...spots], links };
}
