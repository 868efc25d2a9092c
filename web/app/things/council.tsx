// A council: its incidents, and whom a compromise of it could reach.

import { useMemo } from 'preact/hooks';
import { type State, away, go, href } from '../address';
import { Evidence } from '../evidence';
import type { CouncilQuery } from '../operations.gen';
import { Section } from '../parts';
import { Chosen } from '../spread/chosen';
import { Drawn } from '../spread/keeping';
import { whatIf } from '../spread/model';
import { day, many, words } from '../words';
import { Impacts } from './incident';

export type Council = Extract<CouncilQuery['node'], { __typename: 'Council' }>;

export const hopsOf = (state: State): number => Number(state.hops || 2);

export function CouncilView({ node, state }: { node: Council; state: State }) {
  const spread = useMemo(() => whatIf(node, node.exposure), [node]);
  const place = [node.region, node.nation].filter((part) => part !== null).map(words).join(', ');
  const partners = new Set(node.exposure.map(({ to }) => to.id)), ways = new Set(node.exposure.map(({ via }) => via.id));
  const direct = new Set(node.exposure.filter(({ distance }) => distance === 1).map(({ to }) => to.id));
  const links = (all: { id: string; name: string }[]) => all.map(({ id, name }, i) => <>{i > 0 && ', '}<a href={href(away(state, { id }))}>{name}</a></>);
  return (
    <>
      <h1>{node.name}</h1>
      <p class="about">{[place, node.gss, node.ceasedOn && `abolished on ${day(node.ceasedOn)}`].filter(Boolean).join(', ')}</p>
      {node.successors.length > 0 && <p>Succeeded by {links(node.successors)}</p>}
      {node.predecessors.length > 0 && <p>Took over from {links(node.predecessors)}</p>}
      <Section title="Whom a compromise here could reach">
        {partners.size === 0 ? <p>No shared arrangement is known{state.asOf ? ` on ${day(state.asOf)}` : ''}.</p> : (
          <>
            <p><strong>{many(partners.size, 'council')}</strong> through {many(ways.size, 'arrangement')}, {direct.size} of them at one hop.</p>
            <label class="inline">Look as far as <select value={String(hopsOf(state))} onChange={(event) => go({ ...state, hops: event.currentTarget.value })}>
              {[1, 2, 3, 4].map((n) => <option key={n} value={n} selected={n === hopsOf(state)}>{many(n, 'hop')}</option>)}
            </select></label>
            <Drawn spread={spread} state={state} name={`${node.name} what if`} data={node} label="Whom a compromise here could reach, as a picture. The list that follows says the same."
              chosen={(drawn) => <Chosen spread={drawn} state={state} impacts={[]} />} />
          </>
        )}
        <p><a href={href(away(state, { id: '', view: 'path', from: node.id }))}>Find the path to another council</a></p>
      </Section>
      {node.impacts.length > 0 && <Section title="Its incidents"><Impacts all={node.impacts} state={state} name={({ incident }) => <a href={href(away(state, { id: incident.id }))}>{incident.name}</a>} /></Section>}
      {node.impacts.length === 0 && <Section title="Its incidents"><p>None is reported{state.asOf ? ` by ${day(state.asOf)}` : ''}.</p></Section>}
      {node.officials.length > 0 && (
        <Section title="Its officials">
          <ul class="plain">{node.officials.map(({ official, title, evidence }) => <li key={official.id + title}><a href={href(away(state, { id: official.id }))}>{official.name}</a>, {title}<Evidence claims={evidence} state={state} /></li>)}</ul>
        </Section>
      )}
    </>
  );
}
