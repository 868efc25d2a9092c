// The small parts that views are made of. Text from the API is only ever set as text.

import type { ComponentChildren } from 'preact';
import { type Outcome, isOutcome, outcomes, shapes } from './words';

// A link to where a browser may safely go, or the bare text: addresses come from articles.
export function Link({ href, children, ...rest }: { href: string; children: ComponentChildren; class?: string; 'aria-current'?: 'true'; 'aria-label'?: string }) {
  const target = new URL(href, location.href);
  if (!['http:', 'https:'].includes(target.protocol)) return <span>{children}</span>;
  return <a href={href} rel={target.origin === location.origin ? undefined : 'noreferrer external'} {...rest}>{children}</a>;
}

// How a council stands by shape, word and colour; the shape is for the eye only.
export function Standing({ status, count }: { status: Outcome | string; count?: number }) {
  const word = status.toLowerCase();
  return (
    <span class={`standing ${word}`}>
      <span class="shape" aria-hidden="true">{isOutcome(status) ? shapes[status] : ''}</span>{count === undefined ? word : `${count} ${word}`}
    </span>
  );
}

// How many councils stand how, those of which anybody spoke; and how many are exposed of which nobody has.
export function Standings({ impacts, unreported = 0 }: { impacts: { status: string }[]; unreported?: number }) {
  const counts = outcomes.map((status) => [status, status === 'UNREPORTED' ? unreported : impacts.filter((impact) => impact.status === status).length] as const).filter(([, n]) => n > 0);
  return counts.length > 0 ? <span class="standings">{counts.map(([status, n]) => <Standing key={status} status={status} count={n} />)}</span> : null;
}

export const Loading = ({ what }: { what: string }) => <p class="hint" role="status">Loading {what} …</p>;

export function Failure({ error, again }: { error: Error; again?: () => void }) {
  return (
    <div class="failure" role="alert">
      <p><strong>That did not work:</strong> {error.message}</p>
      {again && <button type="button" class="quiet" onClick={again}>Try again</button>}
    </div>
  );
}

export function Section({ title, children, id }: { title: string; children: ComponentChildren; id?: string }) {
  return <section class="part" id={id}><h2>{title}</h2>{children}</section>;
}

// Found marks the beginnings of words by which a text was found.
export function Found({ text, by }: { text: string; by: string }) {
  const sought = by.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (sought.length === 0) return <>{text}</>;
  const escaped = sought.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const parts = text.split(new RegExp(`((?<![\\p{L}\\p{N}])(?:${escaped.join('|')}))`, 'giu'));
  return <>{parts.map((part, i) => (i % 2 === 1 ? <mark key={i}>{part}</mark> : part))}</>;
}
