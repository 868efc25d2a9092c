// What people changed by hand: who, when, why, and how it stood before and after.

import { useState } from 'preact/hooks';
import { ask, useAnswer } from '../api';
import { type State, away, href } from '../address';
import { ChangesDocument, type ChangesQuery, RetractJudgementDocument } from '../operations.gen';
import { Failure, Loading } from '../parts';
import { actions, moment } from '../words';
import { Token, Why, credentials, useDoing } from './token';

type Change = ChangesQuery['changes']['nodes'][number];

const page = 50;

export default function Changes({ state, revision }: { state: State; revision: number }) {
  const [undone, setUndone] = useState(0);
  const { data, error } = useAnswer(ChangesDocument, { first: page, after: state.after || null }, '', revision + undone);
  if (error) return <Failure error={error} />;
  if (!data) return <Loading what="changes" />;
  const { nodes, pageInfo } = data.changes;
  return (
    <>
      <h1>Changes by hand</h1>
      <p class="about">Judgements, claims and retractions by people, the newest first. Articles that were loaded are not among them.</p>
      {nodes.length === 0 && <p>Nobody has changed anything by hand.</p>}
      <ol class="changes">{nodes.map((change) => <Item key={change.revision} change={change} state={state} undone={() => setUndone((n) => n + 1)} />)}</ol>
      <p class="actions">
        {state.after && <a href={href({ ...state, after: '' })}>The newest</a>}
        {pageInfo.hasNextPage && <a href={href({ ...state, after: pageInfo.endCursor ?? '' })}>Older</a>}
      </p>
    </>
  );
}

function Item({ change, state, undone }: { change: Change; state: State; undone: () => void }) {
  return (
    <li>
      <p><strong>{actions[change.action]}</strong> <span class="about">{change.author}, <time dateTime={change.at}>{moment(change.at)}</time>{change.token ? `, with the token “${change.token}”` : ''}</span></p>
      <p>{change.reason}</p>
      <table>
        <thead><tr><th>What</th><th>Before</th><th>After</th></tr></thead>
        <tbody>{change.before.map((before, i) => <tr key={i}><td>{before.name ?? change.after[i]?.name ?? <code>{before.id}</code>}</td><td><Led thing={before} state={state} /></td><td><Led thing={change.after[i]} state={state} /></td></tr>)}</tbody>
      </table>
      {change.judgementId && <Undo id={change.judgementId} undone={undone} />}
    </li>
  );
}

// Undo takes a judgement back that still stands, with a reason of its own.
function Undo({ id, undone }: { id: string; undone: () => void }) {
  const [reason, setReason] = useState('');
  const [doing, run] = useDoing();
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const { token, author } = credentials();
      await ask(RetractJudgementDocument, { input: { id, author, reason } }, { token });
      undone();
    });
  };
  return (
    <details class="curate">
      <summary>Undo</summary>
      <form onSubmit={submit}>
        <Why reason={reason} set={setReason} />
        <Token named />
        <p class="actions"><button disabled={doing.busy}>Take it back</button></p>
        {doing.error && <Failure error={doing.error} />}
      </form>
    </details>
  );
}

function Led({ thing, state }: { thing: Change['before'][number] | undefined; state: State }) {
  if (!thing?.leadsTo) return <>nothing</>;
  return <a href={href(away(state, { id: thing.leadsTo }))}>{thing.name ?? thing.leadsTo}</a>;
}
