// What narrows a list: the filters of the API, one field for each, all in the address. What is chosen is listed, and can be cleared.

import { useAnswer } from '../api';
import { type State, go, href } from '../address';
import {
  type AgencyFilter, type ArticleFilter, type CouncilFilter, type EntityKind, type IncidentFilter, NamesDocument, type OfficialFilter, type SharedArrangementFilter, type ThreatActorFilter,
} from '../operations.gen';
import { day, incidentKind, words } from '../words';
import { Choose } from './choose';

type Filter = IncidentFilter & CouncilFilter & SharedArrangementFilter & ThreatActorFilter & AgencyFilter & OfficialFilter & ArticleFilter;

// A Field is one of the API's filters; as is how it is chosen, and to is its name there where that is another.
type Field = { key: keyof State; label: string; to?: string } & (
  { as: 'words' | 'name' | 'day' } | { as: 'yes or no' } | { as: 'one of'; values: string[] } | { as: 'thing'; kinds: EntityKind[] });

const nations = ['ENGLAND', 'SCOTLAND', 'WALES', 'NORTHERN_IRELAND'];
const regions = ['NORTH_EAST', 'NORTH_WEST', 'YORKSHIRE_AND_THE_HUMBER', 'EAST_MIDLANDS', 'WEST_MIDLANDS', 'EAST_OF_ENGLAND', 'LONDON', 'SOUTH_EAST', 'SOUTH_WEST'];
const named: Field = { key: 'name', to: 'text', label: 'Name has', as: 'words' };
const nation: Field = { key: 'nation', label: 'Nation', as: 'one of', values: nations }, region: Field = { key: 'region', label: 'Region', as: 'one of', values: regions };
const since: Field = { key: 'since', label: 'Since', as: 'day' }, until: Field = { key: 'until', label: 'Until', as: 'day' };
const kind = (...values: string[]): Field => ({ key: 'kind', label: 'Kind', as: 'one of', values });
const thing = (key: keyof State, label: string, ...kinds: EntityKind[]): Field => ({ key, label, as: 'thing', kinds });

export interface List {
  title: string;
  fields: Field[];
}

export const lists: Record<string, List> = {
  '': {
    title: 'Incidents', fields: [
      named, kind('RANSOMWARE', 'DATA_THEFT', 'DENIAL_OF_SERVICE', 'ACCIDENTAL_DISCLOSURE', 'CYBER_ATTACK'), thing('council', 'Council', 'COUNCIL'),
      { key: 'impact', label: 'A council is', as: 'one of', values: ['COMPROMISED', 'DISRUPTED', 'SUSPECTED', 'UNAFFECTED'] },
      thing('actor', 'Threat actor', 'THREAT_ACTOR'), thing('agency', 'Agency', 'AGENCY'), thing('arrangement', 'Shared arrangement', 'SHARED_ARRANGEMENT'), nation, region, since, until,
    ],
  },
  councils: {
    title: 'Councils', fields: [
      named, nation, region,
      { key: 'type', label: 'Type', as: 'one of', values: ['COUNTY', 'DISTRICT', 'UNITARY', 'METROPOLITAN_BOROUGH', 'LONDON_BOROUGH', 'CITY_CORPORATION', 'SCOTTISH_COUNCIL', 'WELSH_PRINCIPAL_AREA', 'NI_DISTRICT'] },
      { key: 'ceased', label: 'Abolished', as: 'yes or no' },
    ],
  },
  arrangements: { title: 'Shared arrangements', fields: [named, kind('JOINT_SERVICE', 'SHARED_SYSTEM', 'SUPPLIER'), { key: 'provider', label: 'Run by (whole name)', as: 'name' }] },
  actors: { title: 'Threat actors', fields: [named] },
  agencies: { title: 'Agencies', fields: [named, kind('POLICE', 'REGULATOR', 'NATIONAL_SECURITY', 'GOVERNMENT', 'REPRESENTATIVE_BODY', 'COMBINED_AUTHORITY')] },
  officials: { title: 'Officials', fields: [named, { ...thing('council', 'Council or agency', 'COUNCIL', 'AGENCY'), to: 'organisation' }] },
  articles: {
    title: 'Articles', fields: [
      { ...named, label: 'Text has' }, { ...thing('council', 'About', 'COUNCIL', 'SHARED_ARRANGEMENT', 'THREAT_ACTOR', 'AGENCY', 'OFFICIAL'), to: 'about' }, thing('incident', 'Incident', 'INCIDENT'),
      { key: 'publisher', label: 'Publisher (whole name)', as: 'name' }, { key: 'origin', label: 'Origin', as: 'one of', values: ['ARTICLE', 'ANALYST', 'DATA_SET'] }, since, until,
    ],
  },
};

const listOf = (state: State): List => lists[state.list] ?? lists['']!;

// filterOf is the API's filter of a view's state. A value that the API does not know is refused there, in words.
export function filterOf(state: State): Filter {
  const filter: Record<string, unknown> = {};
  if (state.year && !state.list) Object.assign(filter, { since: `${state.year}-01-01`, until: `${state.year}-12-31` });
  for (const { key, to = key, as } of listOf(state).fields) {
    const value = state[key];
    if (value) filter[to] = as === 'yes or no' ? value === 'true' : as === 'words' || as === 'day' ? value : [value];
  }
  return filter;
}

// narrow is a state with another filter, from its first rows.
export const narrow = (state: State, by: Partial<State>): State => ({ ...state, rows: '', ...by });

const chosenIn = (state: State): Field[] => [...(state.year && !state.list ? [{ key: 'year', label: 'Year', as: 'words' } satisfies Field] : []), ...listOf(state).fields.filter(({ key }) => state[key])];

const one = (key: keyof State, value: string): string => (key === 'kind' && incidentKind(value)) || words(value).replace(/^Ni /, 'Northern Irish ');

export function Filters({ state }: { state: State }) {
  const chosen = chosenIn(state);
  const ids = chosen.filter(({ as }) => as === 'thing').map(({ key }) => state[key]);
  const names = useAnswer(NamesDocument, ids.length > 0 ? { ids } : null);
  const nameOf = (id: string) => {
    const node = names.data?.nodes[ids.indexOf(id)];
    return node && 'name' in node ? node.name : '';
  };
  const set = (key: keyof State) => (event: { currentTarget: HTMLInputElement | HTMLSelectElement }) => go(narrow(state, { [key]: event.currentTarget.value.trim() }));
  const field = (field: Field) => {
    const { key, label } = field, value = state[key];
    switch (field.as) {
      case 'thing': return <Choose key={key} label={label} kinds={field.kinds} value={value ? { id: value, name: nameOf(value) } : null} choose={({ id }) => go(narrow(state, { [key]: id }))} clear={() => go(narrow(state, { [key]: '' }))} />;
      case 'one of': return <Select key={key} label={label} value={value} options={field.values.map((code) => [code, one(key, code)])} set={set(key)} />;
      case 'yes or no': return <Select key={key} label={label} value={value} options={[['true', 'Abolished ones'], ['false', 'Present ones']]} set={set(key)} />;
      case 'day': return <label key={key}>{label} <input type="date" min="1000-01-01" max="9998-12-31" value={value} onChange={set(key)} /></label>;
      default: return <label key={key}>{label} <input type="text" value={value} onChange={set(key)} /></label>;
    }
  };
  const says = ({ key, as }: Field): string => {
    const value = state[key];
    if (as === 'thing') return nameOf(value) || value;
    return as === 'one of' ? one(key, value) : as === 'day' ? day(value) : as === 'yes or no' ? (value === 'true' ? 'yes' : 'no') : value;
  };
  return (
    <>
      <details class="filters"><summary>Filters</summary><form onSubmit={(event) => event.preventDefault()}>{listOf(state).fields.map(field)}</form></details>
      {chosen.length > 0 && (
        <ul class="chips" aria-label="Filters that are on">
          {chosen.map((field) => <li key={field.key}><a href={href(narrow(state, { [field.key]: '' }))} aria-label={`Clear ${field.label}: ${says(field)}`}>{field.label}: {says(field)} <span aria-hidden="true">×</span></a></li>)}
          {chosen.length > 1 && <li><a href={href(narrow(state, Object.fromEntries(chosen.map(({ key }) => [key, '']))))}>Clear all</a></li>}
        </ul>
      )}
    </>
  );
}

function Select({ label, value, options, set }: { label: string; value: string; options: [string, string][]; set: (event: { currentTarget: HTMLSelectElement }) => void }) {
  return <label>{label} <select value={value} onChange={set}><option value="">Any</option>{options.map(([code, name]) => <option key={code} value={code} selected={code === value}>{name}</option>)}</select></label>;
}
