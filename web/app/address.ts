// What is seen follows from the address alone, so that it can be shared; every change goes through go().

import { useEffect, useState } from 'preact/hooks';

export type View = '' | 'map' | 'path' | 'load' | 'changes';

interface Seen {
  view: View;
  q: string; // words to search for
  asOf: string; // the day whose knowledge is shown; "" is now
  id: string; // the thing shown
  list: string; // which list: incidents where it is "", else see find/offers.ts
  order: string; // what it goes by, where that is not the API's own order
  rows: string; // how many rows of it, where they are more than at first
  year: string; // narrows the list of incidents: 2024, or 2022-2024
  sel: string; // what is chosen in a picture: a council, an arrangement or a claim
  open: string; // what is opened in a picture, separated by spaces
  hops: string; // how far a what-if looks
  from: string; // the ends of a path
  to: string;
  after: string; // the changes that are older than this cursor
}

const code = /^[A-Z0-9_]+$/, id = /^\S+$/, date = /^\d{4}-\d{2}-\d{2}$/, text = /./;

// What narrows a list, by all the values that an address has of it: kind=RANSOMWARE&kind=DATA_THEFT.
const narrows = {
  kind: code, impact: code, region: code, nation: code, type: code, origin: code, predicate: code, ceased: /^(true|false)$/, since: date, until: date,
  name: text, gss: text, provider: text, publisher: text, value: text,
  council: id, actor: id, agency: id, arrangement: id, incident: id, organisation: id, article: id, about: id,
};
export type Narrowing = keyof typeof narrows;
export type State = Seen & Record<Narrowing, string[]>;

const seen: Record<keyof Seen, RegExp> = {
  view: /^(map|path|load|changes)$/, q: text, asOf: date, id, list: /^(councils|arrangements|actors|agencies|officials|articles|claims)$/, order: code, rows: /^[1-9]\d{1,3}$/,
  year: /^\d{4}(-\d{4})?$/, sel: id, open: text, hops: /^[1-4]$/, from: id, to: id, after: id,
};

const namesOf = <T extends object>(all: T) => Object.keys(all) as (keyof T)[];
const names: (keyof State)[] = [...namesOf(seen), ...namesOf(narrows)];

// What addresses called by another name before.
const former: Record<string, [Narrowing, Narrowing]> = { articles: ['council', 'about'], officials: ['council', 'organisation'] };

// parse is the state that a query string says; what it cannot be is left out.
export function parse(query: string): State {
  const address = new URLSearchParams(query);
  const values = (name: string, allowed: RegExp) => [...new Set(address.getAll(name).map((value) => value.trim()).filter((value) => allowed.test(value)))];
  const state = Object.fromEntries([
    ...namesOf(seen).map((name) => [name, values(name, seen[name])[0] ?? '']),
    ...namesOf(narrows).map((name) => [name, values(name, narrows[name])]),
  ]) as State;
  const [old, name] = former[state.list] ?? [];
  return old && name && state[old].length > 0 ? { ...state, [old]: [], [name]: [...state[name], ...state[old]] } : state;
}

export function href(state: Partial<State>): string {
  const address = new URLSearchParams();
  for (const name of names) for (const value of [state[name] ?? []].flat()) if (value) address.append(name, value);
  const text = address.toString();
  return text ? `?${text}` : '/';
}

// away is where another thing is shown: nothing of what was chosen in the present picture is kept.
export const away = (state: State, to: Partial<State>): State =>
  ({ ...state, view: '', sel: '', open: '', hops: '', from: '', to: '', after: '', ...to });

export const read = (): State => parse(location.search);

const moved = 'spillover:moved';

// go shows a state; replaced takes the place of the present one, without a step back for each letter typed.
export function go(state: Partial<State>, replaced = false): void {
  goTo(href(state), replaced);
}

export function goTo(address: string, replaced = false): void {
  history[replaced ? 'replaceState' : 'pushState'](null, '', address);
  dispatchEvent(new Event(moved));
}

export function useAddress(): State {
  const [state, set] = useState(read);
  useEffect(() => {
    const update = () => set(read());
    addEventListener('popstate', update);
    addEventListener(moved, update);
    return () => {
      removeEventListener('popstate', update);
      removeEventListener(moved, update);
    };
  }, []);
  return state;
}
