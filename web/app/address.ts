// What is seen follows from the address alone, so that it can be shared; every change goes through go().

import { useEffect, useState } from 'preact/hooks';

export type View = '' | 'map' | 'path' | 'load' | 'changes';

export interface State {
  view: View;
  q: string; // words to search for
  asOf: string; // the day whose knowledge is shown; "" is now
  id: string; // the thing shown
  list: string; // which list: incidents where it is "", else see find/filters.tsx
  rows: string; // how many rows of it, where they are more than at first
  kind: string; // from here to publisher: what narrows the list
  impact: string;
  region: string;
  nation: string;
  type: string;
  ceased: string;
  origin: string;
  year: string;
  since: string;
  until: string;
  name: string;
  council: string;
  actor: string;
  agency: string;
  arrangement: string;
  incident: string;
  provider: string;
  publisher: string;
  sel: string; // what is chosen in a picture: a council, an arrangement or a claim
  open: string; // what is opened in a picture, separated by spaces
  hops: string; // how far a what-if looks
  from: string; // the ends of a path
  to: string;
}

const code = /^[A-Z0-9_]+$/, id = /^\S+$/, date = /^\d{4}-\d{2}-\d{2}$/, text = /./;
const allowed: Record<keyof State, RegExp> = {
  view: /^(map|path|load|changes)$/, q: text, asOf: date, id, list: /^(councils|arrangements|actors|agencies|officials|articles)$/, rows: /^[1-9]\d{1,3}$/,
  kind: code, impact: code, region: code, nation: code, type: code, ceased: /^(true|false)$/, origin: code, year: /^\d{4}$/, since: date, until: date,
  name: text, council: id, actor: id, agency: id, arrangement: id, incident: id, provider: text, publisher: text, sel: id, open: text, hops: /^[1-4]$/, from: id, to: id,
};
const names = Object.keys(allowed) as (keyof State)[];

// parse is the state that a query string says; what it cannot be is left out.
export function parse(query: string): State {
  const address = new URLSearchParams(query);
  const entries = names.map((name) => {
    const value = (address.get(name) ?? '').trim();
    return [name, allowed[name].test(value) ? value : ''];
  });
  return Object.fromEntries(entries) as State;
}

export function href(state: Partial<State>): string {
  const address = new URLSearchParams();
  for (const name of names) if (state[name]) address.set(name, state[name]);
  const text = address.toString();
  return text ? `?${text}` : '/';
}

// away is where another thing is shown: nothing of what was chosen in the present picture is kept.
export const away = (state: State, to: Partial<State>): State =>
  ({ ...state, view: '', sel: '', open: '', hops: '', from: '', to: '', ...to });

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
