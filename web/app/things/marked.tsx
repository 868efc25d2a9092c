// A text with the runs marked on which claims rest, and those that looked like evidence and made none; beside it, what they say.

import { useLayoutEffect, useRef } from 'preact/hooks';
import { kindOfId, said } from '../words';

interface Named {
  id: string;
  name: string;
}

export interface MarkedClaim {
  id: string;
  predicate: string;
  value: string | null;
  label: string | null;
  quote: string;
  start: number;
  end: number;
  speaker: string | null;
  certainty: string;
  subject: Named;
  object: Named | null;
}

export interface MarkedRefusal {
  quote: string;
  start: number;
  end: number;
  reason: string;
}

interface Props {
  text: string;
  claims: MarkedClaim[];
  refusals: MarkedRefusal[];
  chosen: string; // the id of a claim
  to?: (id: string) => string; // the address of a thing; none while nothing is stored
  select?: (claim: string) => string; // the address with a claim chosen
}

interface Piece {
  text: string;
  claims: MarkedClaim[];
  refused: MarkedRefusal[];
}

// pieces cuts a text wherever a run begins or ends. Offsets count characters, not units of a JavaScript string.
function pieces(text: string, claims: MarkedClaim[], refusals: MarkedRefusal[]): Piece[] {
  const characters = Array.from(text);
  const runs = [...claims, ...refusals].filter(({ start, end }) => start < end && end <= characters.length);
  const cuts = [...new Set([0, characters.length, ...runs.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, i) => {
    const covers = ({ start, end }: { start: number; end: number }) => start <= from && end > from;
    return { text: characters.slice(from, cuts[i + 1]).join(''), claims: claims.filter(covers), refused: refusals.filter(covers) };
  });
}

// ends are the things that a claim is about, but for the incident, which all of a text's claims mostly share.
function ends({ subject, object }: MarkedClaim): Named[] {
  const all = object ? [subject, object] : [subject];
  return all.filter(({ id }) => kindOfId(id) !== 'incident');
}

export const MarkKey = () => <p class="key"><mark>Words that make a claim</mark> <mark class="refused">Words that looked like evidence and make none</mark></p>;

export function Marked({ text, claims, refusals, chosen, to, select }: Props) {
  const place = useRef<HTMLElement>(null);
  useLayoutEffect(() => place.current?.scrollIntoView({ block: 'center' }), [chosen]);
  const scrolled = { done: false };
  return (
    <div class="marked">
      <div class="text" tabIndex={0} role="group" aria-label="The text">
        {pieces(text, claims, refusals).map((piece, i) => {
          if (piece.claims.length === 0 && piece.refused.length === 0) return piece.text;
          const is = piece.claims.some(({ id }) => id === chosen);
          const ref = is && !scrolled.done ? place : undefined;
          scrolled.done ||= is;
          const title = [...piece.claims.map((claim) => `${said(claim)}: ${(claim.object ?? claim.subject).name}`), ...piece.refused.map(({ reason }) => `no claim: ${reason}`)].join('\n');
          return <mark key={i} ref={ref} title={title} class={is ? 'chosen-words' : piece.claims.length === 0 ? 'refused' : undefined}>{piece.text}</mark>;
        })}
      </div>
      <div>
        <h3>{claims.length === 0 ? 'No claims' : `Claims (${claims.length})`}</h3>
        <ol class="claims">
          {[...claims].sort((a, b) => a.start - b.start || a.end - b.end).map((claim) => (
            <li key={claim.id} aria-current={claim.id === chosen ? 'true' : undefined}>
              {said(claim)}{ends(claim).map((thing, i) => <>{i === 0 ? ': ' : ' and '}<Thing thing={thing} to={to} /></>)}
              {claim.certainty === 'HEDGED' && <span class="about"> hedged</span>}
              {select && <> <a class="about" href={select(claim.id)} aria-label={`Show the words: ${said(claim)}, ${(claim.object ?? claim.subject).name}`}>the words</a></>}
            </li>
          ))}
        </ol>
        {refusals.length > 0 && <><h3>Refused ({refusals.length})</h3><ol class="claims refusals">{refusals.map(({ start, quote, reason }) => <li key={start}><q>{quote}</q> <span class="about">{reason}</span></li>)}</ol></>}
      </div>
    </div>
  );
}

const Thing = ({ thing, to }: { thing: Named; to: Props['to'] }) => (to ? <a href={to(thing.id)}>{thing.name}</a> : <strong>{thing.name}</strong>);
