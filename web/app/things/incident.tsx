// An incident: how it spread, who reported what when, and the words behind it.

import { useMemo } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { type State, away, href } from '../address';
import { Curate } from '../curate/judge';
import { Disagreement, Evidence } from '../evidence';
import type { StandingFragment, WordsFragment } from '../operations.gen';
import { Section, Standing, Standings } from '../parts';
import { Chosen } from '../spread/chosen';
import { Drawn } from '../spread/keeping';
import { type Standing as Stands, spreadOf } from '../spread/model';
import { Lanes } from '../time/lanes';
import { Moment } from '../time/moment';
import { type Incident, reportDays } from '../time/reports';
import { day, incidentKind, many } from '../words';

// whole is what is known of it now, node what was known on the day looked at.
export function IncidentView({ node, whole, state }: { node: Incident; whole: Incident; state: State }) {
  const { impacts, spread: found } = node;
  const spread = useMemo(() => spreadOf(found.origins, found.hops, new Map(impacts.map((impact) => [impact.council.id, standsOf(impact)]))), [node]);
  const when = node.identifiedOn && `identified ${node.precision === 'DAY' ? 'on' : 'in'} ${day(node.identifiedOn, node.precision)}`;
  const reported = node.firstReportedOn && `first reported on ${day(node.firstReportedOn)}`;
  const disputed = impacts.filter((impact) => impact.disputed);
  return (
    <>
      <h1>{node.name}</h1>
      <p class="about">{[incidentKind(node.incidentKind), when, reported].filter(Boolean).join(', ')}</p>
      <Standings impacts={impacts} unreported={found.unreported} />
      {disputed.length > 0 && <p class="warning">Sources disagree about {many(disputed.length, 'council')}: {disputed.map(({ council }, i) => <>{i > 0 && ', '}<a href={href({ ...state, sel: council.id })}>{council.name}</a></>)}</p>}
      <Moment days={reportDays(whole)} impacts={impacts} state={state} />
      <Section title="How it spread">
        {found.origins.length === 0 ? <p>No council is reported compromised or disrupted, so there is nothing for a spread to start from.</p>
          : <>
            {found.hops.length === 0 && <p class="about">It shares nothing with another council that is known.</p>}
            <Drawn spread={spread} state={state} name={node.name} data={node} label="How it spread, as a picture. The list that follows says the same."
              chosen={(drawn) => <Chosen spread={drawn} state={state} impacts={impacts} />} />
            {found.truncated && <p class="hint">Searched to {many(found.searchedTo, 'hop')}; there may be more beyond.</p>}
          </>}
      </Section>
      {whole.impacts.length > 0 && <Section title="Who reported what, when"><Lanes impacts={whole.impacts} state={state} /></Section>}
      {impacts.length > 0 && <Section title="What was said of each council"><Impacts all={impacts} state={state} name={({ council }) => <a href={href(away(state, { id: council.id }))}>{council.name}</a>} /></Section>}
      <Relations title="Who is said to be behind it" all={node.attributions} state={state}
        text={(a) => <><a href={href(away(state, { id: a.actor.id }))}>{a.actor.name}</a>, {{ CONFIRMED: 'confirmed', REPORTED: 'as reported', CLAIMED: 'by its own claim' }[a.basis]}</>} />
      <Relations title="Who is on it" all={node.responses} state={state} text={(r) => <><a href={href(away(state, { id: r.agency.id }))}>{r.agency.name}</a>, {r.role.toLowerCase()}</>} />
      <Relations title="Services" all={node.services} state={state} text={(s) => <>{s.label} at {s.council.name}, {s.state.toLowerCase()}</>} />
      <Relations title="Data taken or laid open" all={node.exposures} state={state} text={(e) => <>{e.label}{e.volume ? `, ${e.volume}` : ''}</>} />
      <Relations title="What officials said" all={node.statements} state={state} text={(s) => <><a href={href(away(state, { id: s.official.id }))}>{s.official.name}</a></>} />
      <Curate id={node.id} name={node.name} state={state} />
    </>
  );
}

// standsOf is how a council stands, and since which turn of the reports.
function standsOf({ status, history }: StandingFragment): Stands {
  return { outcome: status, on: history.findLast((turn) => turn.status === status)?.on ?? null };
}

// Impacts are the standings of councils, or of one council in its incidents.
export function Impacts<I extends StandingFragment>({ all, state, name }: { all: I[]; state: State; name: (impact: I) => ComponentChildren }) {
  return (
    <ul class="plain">
      {all.map((impact) => (
        <li key={impact.council.id + impact.evidence[0]?.id}>
          {name(impact)} <Standing status={impact.status} />
          <span class="about">{[impact.firstReportedOn && ` first reported on ${day(impact.firstReportedOn)}`,
            impact.publishers > 1 && ` by ${impact.publishers} independent publishers`].filter(Boolean).join('')}</span>
          {impact.history.length > 1 && (
            <ol class="history" aria-label="What was reported when">
              {impact.history.map(({ on, status }, i) => <li key={i}>{i === 0 ? 'Reported' : 'then'} <Standing status={status} /> {day(on) || 'undated'}</li>)}
            </ol>
          )}
          {impact.disputed && <Disagreement claims={impact.evidence} state={state} />}
          <Evidence claims={impact.evidence} state={state} />
        </li>
      ))}
    </ul>
  );
}

interface Told {
  disputed?: boolean;
  evidence: WordsFragment[];
}

function Relations<R extends Told>({ title, all, state, text }: { title: string; all: R[]; state: State; text: (relation: R) => ComponentChildren }) {
  if (all.length === 0) return null;
  return (
    <Section title={title}>
      <ul class="plain">
        {all.map((relation) => <li key={relation.evidence[0]?.id}>{text(relation)}{relation.disputed && <strong class="about"> – sources disagree</strong>}<Evidence claims={relation.evidence} state={state} /></li>)}
      </ul>
    </Section>
  );
}
