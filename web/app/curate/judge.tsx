// Says that two incidents are one or two, with the reason. What was said can be taken back.

import { useState } from 'preact/hooks';
import { ask } from '../api';
import { type State, away, href } from '../address';
import { Choose, type Choice } from '../find/choose';
import { NotSameAsDocument, RetractJudgementDocument, SameAsDocument } from '../operations.gen';
import { Failure } from '../parts';
import { Token, Why, credentials, useDoing } from './token';

export function Curate({ id, name, state }: { id: string; name: string; state: State }) {
  const [other, setOther] = useState<Choice | null>(null);
  const [reason, setReason] = useState('');
  const [said, setSaid] = useState<{ judgement: string; text: string } | null>(null);
  const [doing, run] = useDoing();
  const judge = (same: boolean) => (event: Event) => {
    const form = (event.currentTarget as HTMLButtonElement).form;
    if (!form?.reportValidity() || !other) return;
    void run(async () => {
      const { token, author } = credentials();
      const input = { a: id, b: other.id, author, reason };
      if (same) {
        const { sameAs } = await ask(SameAsDocument, { input }, { token });
        setSaid({ judgement: sameAs.judgement.id, text: sameAs.entity ? `Both are now ${sameAs.entity.name}.` : 'Said; another judgement stands against it.' });
      } else {
        const { notSameAs } = await ask(NotSameAsDocument, { input }, { token });
        setSaid({ judgement: notSameAs.judgement.id, text: `They are two: ${notSameAs.a?.name ?? id} and ${notSameAs.b?.name ?? other.name}.` });
      }
    });
  };
  const takeBack = () => void run(async () => {
    const { token, author } = credentials();
    await ask(RetractJudgementDocument, { input: { id: said!.judgement, author, reason: `taken back: ${reason}` } }, { token });
    setSaid(null);
  });
  return (
    <details class="curate">
      <summary>Is it the same as another incident?</summary>
      <form onSubmit={(event) => event.preventDefault()}>
        <Choose label="The other incident" kinds={['INCIDENT']} value={other} choose={setOther} />
        <Why reason={reason} set={setReason} />
        <Token named />
        <p class="actions">
          <button type="button" disabled={doing.busy} onClick={judge(true)}>They are one</button>
          <button type="button" class="quiet" disabled={doing.busy} onClick={judge(false)}>They are two</button>
        </p>
        {doing.error && <Failure error={doing.error} />}
        {said && <p role="status" class="done">{said.text} <button type="button" class="quiet" onClick={takeBack}>Take it back</button> <a href={href(away(state, { id: '', view: 'changes' }))}>All changes</a></p>}
      </form>
      <p class="hint">{name} is made of what its articles say. A judgement is kept with your name and reason, and can be taken back.</p>
    </details>
  );
}
