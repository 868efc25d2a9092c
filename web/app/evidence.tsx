// The sentences behind a line: what was said, by whom, where and when, and in the context of its article.

import { useState } from 'preact/hooks';
import { useAnswer } from './api';
import { type State, away, href } from './address';
import { TextsDocument, type WordsFragment } from './operations.gen';
import { Link, Standing } from './parts';
import { day, isOutcome, many, outcomes, shapes, speakerName } from './words';

// each gives every sentence of an article once.
export function each(claims: WordsFragment[]): WordsFragment[] {
  return [...new Map(claims.map((claim) => [`${claim.article.id} ${claim.quote}`, claim])).values()];
}

// Evidence folds the words away under a line that says how many there are.
export function Evidence({ claims, state }: { claims: WordsFragment[]; state: State }) {
  const [open, set] = useState(false);
  const shown = each(claims);
  if (shown.length === 0) return null;
  return (
    <details onToggle={(event) => event.currentTarget.open && set(true)}>
      <summary>{shown.length === 1 ? 'The words' : `The words (${shown.length})`}</summary>
      <Sentences claims={shown} state={state} context={open} />
    </details>
  );
}

// Sentences are the words of claims; with context they stand among those around them, once the articles' texts have come.
export function Sentences({ claims, state, context = false }: { claims: WordsFragment[]; state: State; context?: boolean }) {
  const ids = [...new Set(claims.filter(({ article }) => article.origin === 'ARTICLE').map(({ article }) => article.id))].sort().slice(0, 40);
  const { data } = useAnswer(TextsDocument, context && ids.length > 0 ? { ids } : null, state.asOf);
  const texts = new Map((data?.nodes ?? []).map((node) => (node && 'text' in node ? [node.id, node.text] : ['', ''])));
  return <>{claims.map((claim) => <Sentence key={claim.id} claim={claim} state={state} text={texts.get(claim.article.id)} />)}</>;
}

const around = 140; // characters of context at each side

function Sentence({ claim, state, text }: { claim: WordsFragment; state: State; text: string | undefined }) {
  const { quote, speaker, certainty, assertedOn, article } = claim;
  const says = [speaker && `said by ${speakerName(speaker)}`, certainty === 'HEDGED' && 'hedged'].filter(Boolean).join(', ');
  const name = article.title ?? article.url ?? 'untitled';
  return (
    <figure>
      <blockquote>{text === undefined ? quote : <InContext claim={claim} text={text} />}</blockquote>
      <figcaption>
        {isOutcome(claim.value) && <><Standing status={claim.value} />: </>}
        {says}{says && ' – '}
        {article.origin === 'ARTICLE' ? <a href={href(away(state, { id: article.id, sel: claim.id }))}>{name}</a> : article.url ? <Link href={article.url}>{name}</Link> : name}
        {article.publisher ? `, ${article.publisher}` : ''}{assertedOn ? `, ${day(assertedOn)}` : ''}
      </figcaption>
    </figure>
  );
}

// Offsets count characters, of which some are two units of a JavaScript string.
function InContext({ claim, text }: { claim: WordsFragment; text: string }) {
  const characters = Array.from(text);
  const from = Math.max(0, claim.start - around), to = Math.min(characters.length, claim.end + around);
  const run = (start: number, end: number) => characters.slice(start, end).join('').replace(/\s+/g, ' ');
  return (
    <>
      <span class="context">{from > 0 && '… '}{run(from, claim.start).replace(/^\S* /, from > 0 ? '' : '$&')}</span>
      <mark>{claim.quote}</mark>
      <span class="context">{run(claim.end, to).replace(/ \S*$/, to < characters.length ? '' : '$&')}{to < characters.length && ' …'}</span>
    </>
  );
}

// Disagreement sets what sources say of one thing side by side, where they contradict each other.
export function Disagreement({ claims, state }: { claims: WordsFragment[]; state: State }) {
  const sides = Map.groupBy(each(claims).filter(({ value }) => value), ({ value }) => value ?? '');
  if (sides.size < 2) return null;
  const order = (value: string) => (isOutcome(value) ? outcomes.indexOf(value) : outcomes.length);
  const sorted = [...sides].sort(([a], [b]) => order(a) - order(b));
  return (
    <div class="disagreement" role="group" aria-label="Sources disagree">
      <p><strong>Sources disagree.</strong> {sorted.map(([value, all]) => `${many(new Set(all.map(({ article }) => article.publisher ?? article.id)).size, 'publisher')} ${isOutcome(value) ? shapes[value] : ''} ${value.toLowerCase()}`).join(', ')}.</p>
      <div class="sides">
        {sorted.map(([value, all]) => <div key={value}><Standing status={value} /><Sentences claims={all} state={state} /></div>)}
      </div>
    </div>
  );
}
