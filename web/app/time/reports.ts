// What was reported on which day.

import type { IncidentQuery, StandingFragment } from '../operations.gen';

export type Incident = Extract<IncidentQuery['node'], { __typename: 'Incident' }>;

// reportDays are the days on which anything was reported of an incident, the first first.
export function reportDays(node: Incident): string[] {
  const all = [...node.impacts, ...node.attributions, ...node.responses].flatMap(({ evidence }) => evidence);
  return [...new Set(all.map(({ assertedOn }) => assertedOn).filter((on) => on !== null))].sort();
}

// turns say in words what is reported on days after one, to another, of each council. A report that says less than another is no
// change of how the council stands, and is not worded as one.
export function turns(impacts: StandingFragment[], after: string, upTo: string): string[] {
  return impacts.flatMap(({ council, status: stands, history }) => history.flatMap(({ on, status }, i) => {
    if (!on || on <= after || on > upTo) return [];
    const before = history[i - 1], word = status.toLowerCase();
    if (!before) return [`${council.name} is first reported: ${word}`];
    if (status !== stands) return [`${council.name} is also reported ${word}; it still stands as ${stands.toLowerCase()}`];
    return [before.on === on ? `${council.name} is also reported ${word}` : `${council.name} is reported ${word}; until then it was reported ${before.status.toLowerCase()}`];
  }));
}
