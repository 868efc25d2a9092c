// What people changed by hand: who, when, why, and how it stood before and after.

import { useState } from 'preact/hooks';
import { useAnswer } from '../api';
import { type State, away, href } from '../address';
import { ChangesDocument, type ChangesQuery } from '../operations.gen';
import { Failure, Loading } from '../parts';
import { moment, words } from '../words';

type Change = ChangesQuery['changes']['nodes'][number];

export default function Changes({ state, revision }: { state: State; revision: number }) {
  const [after, setAfter] = useState<string | null>(null);
  const { data, error } = useAnswer(ChangesDocument, { first: 50, after }, '', revision);
  if (error) return <Failure error={error} />;
  if (!data) return <Loading what="changes" />;
  const { nodes, pageInfo } = data.changes;
  return (
    <>
      <h1>Changes by hand</h1>
      <p class="about">Judgements, claims and retractions by people, the newest first. Articles that were loaded are not among them.</p>
      {nodes.length === 0 && <p>Nobody has changed anything by hand.</p>}
      <ol class="changes">{nodes.map((change) => <Item key={change.revision} change={change} state={state} />)}</ol>
      <p class="actions">
        {after && <button type="button" class="quiet" onClick={() => setAfter(null)}>The newest</button>}
        {pageInfo.hasNextPage && <button type="button" class="quiet" onClick={() => setAfter(pageInfo.endCursor)}>Older</button>}
      </p>
    </>
  );
}

function Item({ change, state }: { change: Change; state: State }) {
  return (
    <li>
      <p><strong>{words(change.action)}</strong> <span class="about">{change.author}, <time dateTime={change.at}>{moment(change.at)}</time>{change.token ? `, with the token “${change.token}”` : ''}</span></p>
      <p>{change.reason}</p>
      <table>
        <thead><tr><th>What</th><th>Before</th><th>After</th></tr></thead>
        <tbody>{change.before.map((before, i) => <tr key={i}><td><code>{before.id}</code></td><td><Led thing={before} state={state} /></td><td><Led thing={change.after[i]} state={state} /></td></tr>)}</tbody>
      </table>
    </li>
  );
}

function Led({ thing, state }: { thing: Change['before'][number] | undefined; state: State }) {
  if (!thing?.leadsTo) return <>nothing</>;
  return <a href={href(away(state, { id: thing.leadsTo }))}>{thing.name ?? thing.leadsTo}</a>;
}
