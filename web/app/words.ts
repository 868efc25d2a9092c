// How things are called: days, numbers and the API's enumerations as British readers write them.

import type { ChangeAction, ImpactStatus, IncidentKind, SpreadOutcome } from './operations.gen';

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });

const formats = {
  DAY: format({ day: 'numeric', month: 'long', year: 'numeric' }),
  MONTH: format({ month: 'long', year: 'numeric' }),
  YEAR: format({ year: 'numeric' }),
  SHORT: format({ day: 'numeric', month: 'short', year: 'numeric' }),
  TICK: format({ day: 'numeric', month: 'short', year: '2-digit' }),
};

export function day(date: string | null | undefined, precision: keyof typeof formats | null = 'DAY'): string {
  return date ? formats[precision ?? 'DAY'].format(new Date(`${date}T00:00:00Z`)) : '';
}

const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });
export const moment = (at: string): string => moments.format(new Date(at));

const numbers = new Intl.NumberFormat('en-GB');
export const number = (n: number): string => numbers.format(n);

// many is a number of things: many(2, 'council') is "2 councils".
export const many = (n: number, one: string, more = `${one}s`): string => `${number(n)} ${n === 1 ? one : more}`;

// listed is names as a sentence has them: "a, b and c".
const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
export const listed = (names: string[]): string => list.format(names);

export type Outcome = ImpactStatus | SpreadOutcome;

export const outcomes: Outcome[] = ['COMPROMISED', 'DISRUPTED', 'SUSPECTED', 'UNAFFECTED', 'UNREPORTED'];

// shapes tell standings apart without colour.
export const shapes: Record<Outcome, string> = { COMPROMISED: '■', DISRUPTED: '◆', SUSPECTED: '▲', UNAFFECTED: '○', UNREPORTED: '?' };

export const isOutcome = (value: string | null | undefined): value is Outcome => value !== null && value !== undefined && value in shapes;

const small = /\b(?:and|the|of)\b/i;

// words are an enumeration's value as words: EAST_OF_ENGLAND is East of England.
export const words = (value: string): string => value.replaceAll('_', ' ').toLowerCase()
  .replace(/\b[a-z]+/g, (word) => (small.test(word) ? word : word[0]!.toUpperCase() + word.slice(1)));

// shortName is a council's name without what all of them have.
export const shortName = (name: string): string => name.replace(/^(?:London Borough of|Royal Borough of|City of) /, '')
  .replace(/ (?:(?:Metropolitan |London )?Borough |City |County |District )?Council$/, '');

// atMost is a text of at most so many characters; a sign says that it was cut.
export const atMost = (characters: number, text: string): string => (text.length > characters ? `${text.slice(0, characters - 1).trimEnd()}…` : text);

const incidentKinds: Record<IncidentKind, string> = {
  RANSOMWARE: 'Ransomware',
  DATA_THEFT: 'Data theft',
  DENIAL_OF_SERVICE: 'Denial of service',
  ACCIDENTAL_DISCLOSURE: 'Accidental disclosure',
  CYBER_ATTACK: 'Cyber attack',
};
export const incidentKind = (kind: string | null | undefined): string => incidentKinds[kind as IncidentKind] ?? '';

// What a person did by hand.
export const actions: Record<ChangeAction, string> = {
  RETRACT_ARTICLE: 'Took an article out',
  ASSERT_CLAIM: 'Added a claim',
  RETRACT_CLAIM: 'Set a claim aside',
  SAME_AS: 'Said that two are one',
  NOT_SAME_AS: 'Said that two are not one',
  RETRACT_JUDGEMENT: 'Took a judgement back',
};

const kinds: Record<string, string> = {
  COUNCIL: 'Council', SHARED_ARRANGEMENT: 'Shared arrangement', INCIDENT: 'Incident', THREAT_ACTOR: 'Threat actor', AGENCY: 'Agency', OFFICIAL: 'Official',
};
export const kindOf = (kind: string): string => kinds[kind] ?? words(kind);

// kindOfId is what kind of thing an id is of.
export const kindOfId = (id: string): string => id.slice(0, Math.max(0, id.indexOf(':')));

const arrangements: Record<string, string> = { JOINT_SERVICE: 'joint service', SHARED_SYSTEM: 'shared system', SUPPLIER: 'supplier' };
export const arrangementKind = (kind: string | null): string => (kind ? arrangements[kind] ?? words(kind).toLowerCase() : '');

const speakers: Record<string, string> = { attacker: 'the attackers', 'unnamed source': 'an unnamed source' };
export const speakerName = (speaker: string): string => speakers[speaker] ?? speaker;

// said is what a claim says, in a few words: its value where that is a standing, a role, a post or the like.
export function said({ predicate, value, label }: { predicate: string; value: string | null; label?: string | null }): string {
  const what = words(predicate).toLowerCase();
  if (predicate === 'DATA') return `data: ${label ?? value ?? ''}`;
  if (predicate === 'SERVICE') return `service: ${[label, value && words(value).toLowerCase()].filter(Boolean).join(', ')}`;
  if (predicate === 'APPOINTMENT') return [what, value].filter(Boolean).join(', ');
  return value && /^[A-Z_]+$/.test(value) ? `${what}, ${words(value).toLowerCase()}` : what;
}
