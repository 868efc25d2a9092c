// The path between two councils: what connects them, step by step, with the words.

import { useAnswer } from '../api';
import { type State, away, go, href } from '../address';
import { Evidence } from '../evidence';
import { Choose } from '../find/choose';
import { NamesDocument, PathDocument, type PathQuery } from '../operations.gen';
import { Failure, Loading } from '../parts';
import { day, kindOf, kindOfId, many, words } from '../words';

type Step = NonNullable<PathQuery['path']>['steps'][number];

export default function PathView({ state, revision }: { state: State; revision: number }) {
  const ids = [state.from, state.to].filter(Boolean);
  const names = useAnswer(NamesDocument, ids.length > 0 ? { ids } : null, '', revision);
  const both = state.from && state.to;
  const { data, error, loading } = useAnswer(PathDocument, both ? { from: state.from, to: state.to } : null, state.asOf, revision);
  const chosen = (id: string) => {
    const node = names.data?.nodes[ids.indexOf(id)];
    return id && node && 'name' in node ? { id, name: node.name } : null;
  };
  return (
    <>
      <h1>What connects two councils</h1>
      <p class="about">The shortest way through what they share and the incidents they were in, with the words behind each step.</p>
      <form class="ends" onSubmit={(event) => event.preventDefault()}>
        <Choose label="From" kinds={['COUNCIL', 'SHARED_ARRANGEMENT', 'INCIDENT']} value={chosen(state.from)} choose={({ id }) => go({ ...state, from: id })} />
        <Choose label="To" kinds={['COUNCIL', 'SHARED_ARRANGEMENT', 'INCIDENT']} value={chosen(state.to)} choose={({ id }) => go({ ...state, to: id })} />
      </form>
      {!both && <p class="hint">Choose two councils to see through which arrangements and incidents they are connected.</p>}
      {error && <Failure error={error} />}
      {both && loading && <Loading what="the path" />}
      {both && !loading && data && (data.path ? (
        <>
          <p><strong>{data.path.length === 0 ? 'They are one and the same.' : `${many(data.path.length, 'step')} apart.`}</strong>{data.path.truncated && ' The search met a bound, so a shorter way may have been missed.'}</p>
          <ol class="path">
            {data.path.steps[0] && <li><End thing={data.path.steps[0].from} state={state} /></li>}
            {data.path.steps.map((step) => <li key={step.to.id}><p class="about link">{how(step)}</p><Evidence claims={step.relation.evidence} state={state} /><End thing={step.to} state={state} /></li>)}
          </ol>
        </>
      ) : <p>No connection{state.asOf ? ` was known on ${day(state.asOf)}` : ' is known'}.</p>)}
    </>
  );
}

const End = ({ thing, state }: { thing: Step['from']; state: State }) =>
  <p class={`end ${kindOfId(thing.id)}`}><a href={href(away(state, { id: thing.id }))}>{thing.name}</a> <span class="about">{kindOf(thing.kind)}</span></p>;

// how is what a step says, whichever way it is walked.
function how({ relation, from }: Step): string {
  const disputed = relation.disputed ? ', and sources disagree' : '';
  switch (relation.__typename) {
    case 'Membership': {
      const when = [relation.since && `since ${day(relation.since, relation.sincePrecision)}`, relation.until && `until ${day(relation.until, relation.untilPrecision)}`].filter(Boolean).join(' ');
      return `${from.kind === 'COUNCIL' ? 'is part of' : 'is shared by'}${when ? ` ${when}` : ''}${disputed}`;
    }
    case 'Impact': return `${from.kind === 'COUNCIL' ? `${relation.status.toLowerCase()} in` : `left ${relation.status.toLowerCase()}`}${disputed}`;
    case 'Response': return `${words(relation.role).toLowerCase()}${disputed}`;
    case 'Attribution': return `attributed, ${relation.basis.toLowerCase()}${disputed}`;
    default: return `${words(relation.__typename).toLowerCase()}${disputed}`;
  }
}
