// What was reported on which day.

import type { IncidentQuery, StandingFragment } from '../operations.gen';

export type Incident = Extract<IncidentQuery['node'], { __typename: 'Incident' }>;

// reportDays are the days on which anything was reported of an incident, the first first.
export function reportDays(node: Incident): string[] {
  const all = [...node.impacts, ...node.attributions, ...node.responses].flatMap(({ evidence }) => evidence);
  return [...new Set(all.map(({ assertedOn }) => assertedOn).filter((on) => on !== null))].sort();
}

// turns say in words what is reported on days after one, to another, of each council.
export function turns(impacts: StandingFragment[], after: string, upTo: string): string[] {
  return impacts.flatMap(({ council, history }) => history.flatMap(({ on, status }, i) => {
    if (!on || on <= after || on > upTo) return [];
    const before = history[i - 1];
    return [before ? `${council.name} is reported ${status.toLowerCase()}, and was ${before.status.toLowerCase()}`
      : `${council.name} is first reported: ${status.toLowerCase()}`];
  }));
}
