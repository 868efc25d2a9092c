// Takes an article out, or says that one of its claims is not to be used, with the reason.

import { useState } from 'preact/hooks';
import { ask } from '../api';
import { type State, away, href } from '../address';
import { RetractArticleDocument, RetractClaimDocument } from '../operations.gen';
import { Failure } from '../parts';
import type { MarkedClaim } from '../things/marked';
import { said } from '../words';
import { Token, Why, credentials, useDoing } from './token';

export function Retract({ id, claims, state }: { id: string; claims: MarkedClaim[]; state: State }) {
  const [what, setWhat] = useState('');
  const [reason, setReason] = useState('');
  const [done, setDone] = useState('');
  const [doing, run] = useDoing();
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const { token, author } = credentials();
      if (what === '') await ask(RetractArticleDocument, { input: { id, reason: `${reason} (${author})` } }, { token });
      else await ask(RetractClaimDocument, { input: { id: what, author, reason } }, { token });
      setDone(what === '' ? 'The article is taken out: the graph is as if it had never been loaded.' : 'The claim is not used any more.');
    });
  };
  return (
    <details class="curate">
      <summary>Retract</summary>
      <form onSubmit={submit}>
        <label>What <select name="what" value={what} onChange={(event) => setWhat(event.currentTarget.value)}>
          <option value="">The whole article</option>
          {claims.map((claim) => <option key={claim.id} value={claim.id}>{`Only: ${said(claim)}, ${(claim.object ?? claim.subject).name}`}</option>)}
        </select></label>
        <Why reason={reason} set={setReason} />
        <Token named />
        <p class="actions"><button disabled={doing.busy}>Retract</button></p>
        {doing.error && <Failure error={doing.error} />}
        {done && <p role="status" class="done">{done} <a href={href(away(state, { id: '', view: 'changes' }))}>All changes</a></p>}
      </form>
    </details>
  );
}
