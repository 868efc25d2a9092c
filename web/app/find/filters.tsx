// What narrows a list and what it goes by: the filters and orders of the API, all in the address. A filter that takes several
// values there takes several here. Each value that is on is listed, and can be taken off.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useAnswer } from '../api';
import { type Narrowing, type State, go, href, read } from '../address';
import { NamesDocument } from '../operations.gen';
import { day, words } from '../words';
import { Choose } from './choose';
import { type Field, narrow, orderName, shown, toggled, valueName, valuesOf, yearsSaid } from './offers';

const mostIds = 100; // that the API names at once

// useNames gives the names of all things that are chosen.
function useNames(state: State): (id: string) => string {
  const ids = [...new Set(shown(state).fields.filter(({ as }) => as === 'thing').flatMap((field) => valuesOf(state, field)))].slice(0, mostIds);
  const { data } = useAnswer(NamesDocument, ids.length > 0 ? { ids } : null);
  return (id) => {
    const node = data?.nodes[ids.indexOf(id)];
    return (node && ('name' in node ? node.name : 'title' in node && node.title)) || id;
  };
}

export function Filters({ state }: { state: State }) {
  const nameOf = useNames(state);
  const summary = useRef<HTMLElement>(null);
  const { fields, orders, order } = shown(state);
  return (
    <>
      <details class="filters">
        <summary ref={summary}>Filters</summary>
        <form onSubmit={(event) => event.preventDefault()}>{fields.map((field) => <Control key={field.key} field={field} state={state} nameOf={nameOf} />)}</form>
      </details>
      <Chips state={state} nameOf={nameOf} otherwise={() => summary.current?.focus()} />
      {orders.length > 0 && (
        <label class="inline order">Order <select value={state.order || order} onChange={({ currentTarget: { value } }) => go(narrow(read(), { order: value === order ? '' : value }))}>
          {orders.map((code) => <option key={code} value={code} selected={code === (state.order || order)}>{orderName(code)}</option>)}
        </select></label>
      )}
    </>
  );
}

// set puts values in the place of a filter's; by the address, which is ahead of what is seen where one chooses faster than rows come.
const set = (key: Narrowing, values: (before: string[]) => string[]): void => {
  const now = read();
  go(narrow(now, { [key]: values(now[key]) }));
};

function Control({ field, state, nameOf }: { field: Field; state: State; nameOf: (id: string) => string }) {
  const { key, label, of } = field, values = valuesOf(state, field), [value = ''] = values;
  const put = (event: { currentTarget: HTMLInputElement | HTMLSelectElement }) => set(key, () => [event.currentTarget.value.trim()].filter(Boolean));
  const add = (value: string) => set(key, (before) => (before.includes(value) ? before : [...before, value]));
  switch (field.as) {
    case 'thing': return field.several
      ? <Choose label={label} field={of} kinds={field.things ?? []} value={null} others={values} choose={({ id }) => add(id)} />
      : <Choose label={label} field={of} kinds={field.things ?? []} value={value ? { id: value, name: nameOf(value) } : null} choose={({ id }) => set(key, () => [id])} clear={() => set(key, () => [])} />;
    case 'one of': return <Pick field={field} values={values} />;
    case 'yes or no': return <label data-filter={of}>{label} <select value={value} onChange={put}>{['', 'true', 'false'].map((code) => <option key={code} value={code} selected={code === value}>{yesNo(field, code)}</option>)}</select></label>;
    case 'day': return <label data-filter={of}>{label} <input type="date" min="1000-01-01" max="9998-12-31" value={value} onChange={put} /></label>;
    case 'value': return <Add field={field} add={add} />;
    default: return <label data-filter={of}>{label} <Words value={value} put={put} /></label>;
  }
}

// Words keeps what is typed until it is put, though rows and counts arrive meanwhile.
function Words({ value, put }: { value: string; put: (event: { currentTarget: HTMLInputElement }) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return <input type="text" value={text} onInput={(event) => setText(event.currentTarget.value)} onChange={put} />;
}

const yesNo = ({ yes = ['Yes', 'No'] }: Field, value: string): string => (value === '' ? 'Any' : value === 'true' ? yes[0] : yes[1]);

// Pick chooses among an enumeration's values.
function Pick({ field: { key, label, of, values: all, several }, values }: { field: Field; values: string[] }) {
  const toggle = (value: string) => set(key, (before) => (several ? toggled(before, value) : toggled(before.slice(0, 1), value).slice(-1)));
  return (
    <details class="pick" data-filter={of}>
      <summary>{label}: <strong>{values.length === 0 ? 'any' : `${values.length} of ${all.length}`}</strong></summary>
      <fieldset>
        <legend class="heard">{label}</legend>
        {all.map((value) => <label key={value} class="check"><input type="checkbox" value={value} checked={values.includes(value)} onChange={() => toggle(value)} />{valueName(key, value)}</label>)}
      </fieldset>
    </details>
  );
}

// Add takes one value after the other, each with Enter.
function Add({ field: { label, of, key, known = [], tidy = (text) => text }, add }: { field: Field; add: (value: string) => void }) {
  const take = ({ currentTarget: field }: { currentTarget: HTMLInputElement }) => {
    const text = field.value.trim();
    field.value = '';
    if (text) add(tidy(text));
  };
  return (
    <label data-filter={of}>{label}
      <input type="text" enterkeyhint="done" list={known.length > 0 ? `known-${key}` : undefined} onChange={take} />
      {known.length > 0 && <datalist id={`known-${key}`}>{known.map((value) => <option key={value} value={value} />)}</datalist>}
    </label>
  );
}

interface Chip {
  key: string;
  says: string;
  without: Partial<State>;
}

// chipsOf are all values that are on, each with the state without it.
function chipsOf(state: State, nameOf: (id: string) => string): Chip[] {
  const says = ({ as, key }: Field, value: string) =>
    (as === 'thing' ? nameOf(value) : as === 'one of' ? valueName(key, value) : as === 'day' ? day(value) : as === 'yes or no' ? (value === 'true' ? 'yes' : 'no') : key === 'value' && /^[A-Z_]+$/.test(value) ? words(value) : value);
  const years: Chip[] = state.year && !state.list ? [{ key: 'year', says: `Year: ${yearsSaid(state)}`, without: { year: '' } }] : [];
  return [...years, ...shown(state).fields.flatMap((field) => valuesOf(state, field).map((value): Chip => ({
    key: `${field.key} ${value}`, says: `${field.label.replace(/ \(.*/, '')}: ${says(field, value)}`, without: { [field.key]: state[field.key].filter((other) => other !== value) },
  })))];
}

// Chips take values off. Whoever takes one off by the keyboard is left at the next one, or where there is none at the filters.
function Chips({ state, nameOf, otherwise }: { state: State; nameOf: (id: string) => string; otherwise: () => void }) {
  const list = useRef<HTMLUListElement>(null), at = useRef(-1);
  const chips = chipsOf(state, nameOf);
  useLayoutEffect(() => {
    const i = at.current;
    at.current = -1;
    if (i < 0 || document.activeElement !== document.body) return;
    const links = list.current?.querySelectorAll('a') ?? [];
    const next = links[Math.min(i, links.length - 1)];
    if (next) next.focus();
    else otherwise();
  });
  if (chips.length === 0) return null;
  const all = Object.assign({}, ...chips.map(({ without }) => Object.fromEntries(Object.keys(without).map((key) => [key, key === 'year' ? '' : []])))) as Partial<State>;
  const left = (i: number) => () => {
    at.current = i;
  };
  return (
    <ul class="chips" ref={list} aria-label="Filters that are on">
      {chips.map(({ key, says, without }, i) => <li key={key}><a href={href(narrow(state, without))} onClick={left(i)} aria-label={`Clear ${says}`}>{says} <span aria-hidden="true">×</span></a></li>)}
      {chips.length > 1 && <li key="all"><a href={href(narrow(state, all))} onClick={left(chips.length)}>Clear all</a></li>}
    </ul>
  );
}
