// The equal of the picture as a nested list: council, then arrangement, then partner, and so on, with the words behind each.

import { Evidence } from '../evidence';
import { type State, away, href } from '../address';
import { Standing } from '../parts';
import { type Outcome, day, many } from '../words';
import { type Place, type Spread, type Step, bySeverity, silent } from './model';

export function Tree({ spread, state }: { spread: Spread; state: State }) {
  const opened = new Set(state.open.split(' '));
  const isOrigin = new Set(spread.origins.map(({ id }) => id));
  const visited = new Set<string>(); // a council that is reached twice has its own partners under it once
  const from = Map.groupBy(spread.steps, (step) => step.from.id);

  const partners = (id: string) => {
    if (visited.has(id)) return null;
    visited.add(id);
    const ways = Map.groupBy(from.get(id) ?? [], ({ via }) => via.id);
    if (ways.size === 0) return null;
    return <ul>{[...ways.values()].map(way)}</ul>;
  };
  const way = (along: Step[]) => {
    const { via, distance } = along[0]!;
    const quiet = silent(spread, { key: '', via, distance, from: [], steps: along }, opened);
    const hidden = new Set(quiet.map(({ id }) => id));
    return (
      <li class="road" key={via.id}>
        <span>through <a href={href(away(state, { id: via.id }))}>{via.name}</a>{via.provider ? ` (${via.provider})` : ''}</span>
        <ul>
          {[...along].sort(bySeverity).filter(({ to }) => !hidden.has(to.id)).map(partner)}
          {quiet.length > 0 && <li><details><summary>{many(quiet.length, 'more council')}{along.some(({ outcome }) => outcome) ? ', unreported' : ''}</summary>
            <ul>{quiet.map((place) => <li key={place.id}><Line place={place} status={null} state={state} /></li>)}</ul></details></li>}
        </ul>
      </li>
    );
  };
  const partner = (step: Step) => (
    <li key={step.to.id}>
      <Line place={step.to} status={step.outcome} state={state} />
      {step.reportedOn && <span class="about"> since {day(step.reportedOn)}</span>}
      {!step.directed && <span class="about"> – equally first; nobody has said which way it went</span>}
      <Evidence claims={step.evidence} state={state} />
      {!isOrigin.has(step.to.id) && partners(step.to.id)}
    </li>
  );
  return (
    <ul class="tree">
      {spread.origins.map((origin) => (
        <li key={origin.id}>
          <Line place={origin} status={spread.standings.get(origin.id)?.outcome ?? null} state={state} />
          {spread.standings.has(origin.id) && <span class="about">{spread.origins.length > 1 ? ' among the first reported' : ' first reported'}</span>}
          {partners(origin.id)}
        </li>
      ))}
    </ul>
  );
}

function Line({ place, status, state }: { place: Place; status: Outcome | null; state: State }) {
  return <span class="council"><a href={href(away(state, { id: place.id }))}>{place.name}</a> {status && <Standing status={status} />}</span>;
}
