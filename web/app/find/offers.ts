// Which lists there are, and by what each is narrowed and ordered: all that the API offers, which filters.gen.ts has of its
// schema. Here is only what each is called, so that a field without a name does not compile.

import type { Narrowing, State } from '../address';
import { enumerations, offered } from '../filters.gen';
import type { EntityKind } from '../operations.gen';
import { incidentKind, words } from '../words';

type Lists = typeof offered;

interface Name {
  label: string;
  key?: Narrowing; // in the address, where it is another than the API's
  things?: (EntityKind | 'ARTICLE')[]; // that it is chosen from
  yes?: [yes: string, no: string];
  known?: string[]; // values that are offered, beside any other
  tidy?: (text: string) => string; // as the API writes what a person did
}

type Called<F> = F extends Narrowing ? Name : Name & { key: Narrowing };
type Names = { [L in keyof Lists]: { title: string; list: string; fields: { [F in keyof Lists[L]['fields']]: Called<F> } } };

const thing = (label: string, ...things: NonNullable<Name['things']>): Name => ({ label, things });
const named = { label: 'Name has', key: 'name' } satisfies Name;
const kind: Name = { label: 'Kind' }, nation: Name = { label: 'Nation' }, region: Name = { label: 'Region' }, since: Name = { label: 'Since' }, until: Name = { label: 'Until' };
const entities = enumerations.EntityKind;
const said: readonly string[] = [...new Set([...enumerations.ImpactStatus, ...enumerations.AttributionBasis, ...enumerations.ResponseRole, ...enumerations.ServiceState])];

const names: Names = {
  incidents: {
    title: 'Incidents', list: '', fields: {
      text: named, kind, impact: { label: 'A council is' }, nation, region, council: thing('Council', 'COUNCIL'), actor: thing('Threat actor', 'THREAT_ACTOR'),
      agency: thing('Agency', 'AGENCY'), arrangement: thing('Shared arrangement', 'SHARED_ARRANGEMENT'), since, until,
    },
  },
  councils: {
    title: 'Councils', list: 'councils', fields: {
      text: named, nation, region, type: { label: 'Type' }, ceased: { label: 'Abolished', yes: ['Abolished ones', 'Present ones'] },
      gss: { label: 'GSS code', tidy: (text) => text.toUpperCase() },
    },
  },
  sharedArrangements: { title: 'Shared arrangements', list: 'arrangements', fields: { text: named, kind, provider: { label: 'Run by (whole name)' } } },
  threatActors: { title: 'Threat actors', list: 'actors', fields: { text: named } },
  agencies: { title: 'Agencies', list: 'agencies', fields: { text: named, kind } },
  officials: { title: 'Officials', list: 'officials', fields: { text: named, organisation: thing('Council or agency', 'COUNCIL', 'AGENCY') } },
  articles: {
    title: 'Articles', list: 'articles', fields: {
      text: { ...named, label: 'Text has' }, origin: { label: 'Origin' }, about: thing('About', ...entities.filter((kind) => kind !== 'INCIDENT')), incident: thing('Incident', 'INCIDENT'),
      publisher: { label: 'Publisher (whole name)' }, since, until,
    },
  },
  claims: {
    title: 'Claims', list: 'claims', fields: {
      predicate: { label: 'Kind of claim' }, value: { label: 'Says (whole value)', known: said.map(words), tidy: asCode }, about: thing('From or to', ...entities), article: thing('Article', 'ARTICLE'), since, until,
    },
  },
};

// asCode is a value as the API has it where it is one of an enumeration; titles and words stay as they are.
function asCode(text: string): string {
  const written = text.toUpperCase().replaceAll(' ', '_');
  return said.includes(written) ? written : text;
}

// A Field is one of the API's filters; as is how it is chosen.
export interface Field extends Name {
  of: string; // in the API
  key: Narrowing;
  as: 'words' | 'value' | 'day' | 'yes or no' | 'one of' | 'thing';
  several: boolean;
  values: readonly string[];
}

export interface List {
  title: string;
  fields: Field[];
  orders: readonly string[]; // that one may choose
  order: string; // where none is chosen
}

const listOf = (name: keyof Lists): List => {
  const offer: { fields: Record<string, { type: string; several: boolean; values: readonly string[] }>; orders: readonly string[]; order: string } = offered[name];
  const fields = Object.entries<Name>(names[name].fields).map(([of, called]): Field => {
    const { type, several, values } = offer.fields[of]!;
    const as = values.length > 0 ? 'one of' : ({ ID: 'thing', Date: 'day', Boolean: 'yes or no' } as const)[type] ?? (several ? 'value' : 'words');
    return { key: of as Narrowing, ...called, of, as, several, values };
  });
  return { title: names[name].title, fields, orders: offer.orders, order: offer.order };
};

// lists by their names in the address.
export const lists: Record<string, List> = Object.fromEntries((Object.keys(names) as (keyof Lists)[]).map((name) => [names[name].list, listOf(name)]));

export const shown = (state: State): List => lists[state.list] ?? lists['']!;

// valuesOf are the values of a filter that count: one, where the API takes one.
export const valuesOf = (state: State, { key, several }: Field): string[] => (several ? state[key] : state[key].slice(0, 1));

export type Facet = 'year' | 'kind' | 'impact' | 'region';

// filterOf is the API's filter of a view's state, but for one of its parts. A value that the API does not know is refused there, in words.
export function filterOf(state: State, but?: Facet): Record<string, unknown> {
  const filter: Record<string, unknown> = {};
  for (const field of shown(state).fields) {
    const values = valuesOf(state, field);
    if (values.length > 0 && field.key !== but) filter[field.of] = field.several ? values : field.as === 'yes or no' ? values[0] === 'true' : values[0];
  }
  const years = but === 'year' || state.list ? null : yearsOf(state);
  if (!years) return filter;
  const { since = '', until = '9' } = filter as { since?: string; until?: string }; // written as they are the later day is the greater text
  return { ...filter, since: [`${years[0]}-01-01`, since].sort()[1], until: [`${years[1]}-12-31`, until].sort()[0] };
}

// narrow is a state with another filter or order, from its first rows.
export const narrow = (state: State, by: Partial<State>): State => ({ ...state, rows: '', ...by });

// toggled are values without one of them, or with it.
export const toggled = (values: string[], value: string): string[] => (values.includes(value) ? values.filter((other) => other !== value) : [...values, value]);

// yearsOf are the first and the last of the years that are chosen. The API knows a first and a last day, so years are a run.
export function yearsOf({ year }: State): [first: number, last: number] | null {
  if (!year) return null;
  const [first = 0, last = first] = year.split('-').map(Number);
  return [Math.min(first, last), Math.max(first, last)];
}

// withYear are the years with another one and those between; or without it; of a run's middle, it alone.
export function withYear(state: State, year: number): string {
  const [first, last] = yearsOf(state) ?? [Infinity, -Infinity];
  const run = (from: number, to: number) => (from > to ? '' : from === to ? `${from}` : `${from}-${to}`);
  if (year < first || year > last) return run(Math.min(first, year), Math.max(last, year));
  if (year === first) return run(first + 1, last);
  return year === last ? run(first, last - 1) : run(year, year);
}

export const yearsSaid = (state: State): string => (yearsOf(state) ?? []).filter((year, i, all) => year !== all[i - 1]).join(' to ');

// valueName is what an enumeration's value is called.
export const valueName = (key: Narrowing, value: string): string => (key === 'kind' && incidentKind(value)) || words(value).replace(/^Ni /, 'Northern Irish ');

const orders: Record<string, string> = { DATE_DESC: 'Latest first', DATE_ASC: 'Earliest first', NAME_ASC: 'By name', NAME_DESC: 'By name, backwards', TITLE_ASC: 'By title', TITLE_DESC: 'By title, backwards' };
export const orderName = (order: string): string => orders[order] ?? words(order);
