// What is of any other kind: an arrangement, an agency, a threat actor, an official.

import { type State, away, href } from '../address';
import { Evidence, Sentences } from '../evidence';
import type { ThingQuery } from '../operations.gen';
import { Section, Standing } from '../parts';
import { arrangementKind, day, kindOf, said } from '../words';

export type Thing = Extract<NonNullable<ThingQuery['node']>, { claims: unknown }>;

export function ThingView({ node, state }: { node: Thing; state: State }) {
  const { nodes, totalCount } = node.claims;
  const to = (id: string) => href(away(state, { id }));
  const kind = node.__typename === 'SharedArrangement' ? [arrangementKind(node.arrangementKind) || kindOf(node.kind).toLowerCase(), node.provider && `run by ${node.provider}`].filter(Boolean).join(', ') : kindOf(node.kind);
  return (
    <>
      <h1>{node.name}</h1>
      <p class="about">{[kind, node.aliases.length > 0 && `also ${node.aliases.join(', ')}`, node.firstReportedOn && `first reported on ${day(node.firstReportedOn)}`].filter(Boolean).join('; ')}</p>
      {node.__typename === 'SharedArrangement' && (
        <Section title="Who shares it">
          <ul class="plain">
            {node.memberships.map(({ council, since, sincePrecision, until, untilPrecision, evidence }) => (
              <li key={council.id}>
                <a href={to(council.id)}>{council.name}</a>
                <span class="about">{since && ` since ${day(since, sincePrecision)}`}{until && ` until ${day(until, untilPrecision)}`}</span>
                {council.impacts.map(({ status, incident }) => <span key={incident.id} class="about"> <Standing status={status} /> in <a href={to(incident.id)}>{incident.name}</a></span>)}
                <Evidence claims={evidence} state={state} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={totalCount > nodes.length ? `The latest ${nodes.length} of ${totalCount} claims` : 'What was said'}>
        {nodes.length === 0 ? <p>Nothing{state.asOf ? ` by ${day(state.asOf)}` : ''}.</p> : (
          <ul class="plain">
            {nodes.map((claim) => (
              <li key={claim.id}>
                <a href={to(claim.subject.id)}>{claim.subject.name}</a>, {said(claim)}{claim.object ? <>: <a href={to(claim.object.id)}>{claim.object.name}</a></> : ''}
                <Sentences claims={[claim]} state={state} />
              </li>
            ))}
          </ul>
        )}
        {totalCount > nodes.length && <p><a href={href({ list: 'claims', about: [node.id], asOf: state.asOf })}>All {totalCount} claims</a></p>}
      </Section>
    </>
  );
}
