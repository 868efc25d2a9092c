// Counts of incidents as small charts, whose bars put values on and off. Each chart counts what all the other filters let through,
// so that it shows what another value would add.

import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ask } from '../api';
import { type State, href } from '../address';
import { CountsDocument, type CountsQuery } from '../operations.gen';
import { Standing } from '../parts';
import { type Facet, filterOf, toggled, valueName, withYear, yearsOf } from './offers';

export type Counts = Record<Facet, CountsQuery['statistics']>;

const facets: Facet[] = ['year', 'kind', 'impact', 'region'];

// useCounts asks for each chart's counts; once for all charts that ask the same.
export function useCounts(state: State, revision: number): Counts | null {
  const [counts, set] = useState<Counts | null>(null);
  const incidents = state.list === '' && !state.q && !state.view;
  const filters = facets.map((facet) => filterOf(state, facet));
  const key = incidents ? JSON.stringify([filters, state.asOf, revision]) : '';
  useEffect(() => {
    if (!key) return;
    let current = true;
    const asked = new Map<string, Promise<CountsQuery>>();
    const count = (filter: object) => {
      const text = JSON.stringify(filter);
      if (!asked.has(text)) asked.set(text, ask(CountsDocument, { filter }, { asOf: state.asOf }));
      return asked.get(text)!;
    };
    Promise.all(filters.map(count)).then((all) => {
      if (current) set(Object.fromEntries(facets.map((facet, i) => [facet, all[i]!.statistics])) as Counts);
    }, () => {}); // the list says why
    return () => {
      current = false;
    };
  }, [key]);
  return incidents ? counts : null;
}

type Bar = [value: string, incidents: number];

export function Charts({ counts, state }: { counts: Counts; state: State }) {
  const years = new Map<string, number>();
  for (const { month, incidents } of counts.year.byMonth) years.set(month.slice(0, 4), (years.get(month.slice(0, 4)) ?? 0) + incidents);
  return (
    <div class="charts">
      <Chart title="Year" field="year" bars={[...years]} state={state} />
      <Chart title="Kind" field="kind" bars={counts.kind.byKind.map(({ kind, incidents }): Bar => [kind, incidents])} state={state} />
      <Chart title="A council is" field="impact" bars={counts.impact.byImpact.map(({ status, incidents }): Bar => [status, incidents])} state={state} />
      <Chart title="Region" field="region" bars={counts.region.byRegion.map(({ region, incidents }): Bar => [region, incidents])} state={state} />
    </div>
  );
}

const label = (field: Facet, value: string): ComponentChildren => (field === 'year' ? value : field === 'impact' ? <Standing status={value} /> : valueName(field, value));

// again says what choosing a bar does that is chosen already.
function again(state: State, field: Facet, value: string): string {
  const [first, last] = yearsOf(state) ?? [];
  const within = field === 'year' && Number(value) !== first && Number(value) !== last;
  return within ? '; chosen, choose again for this year alone' : '; chosen, choose again to leave it out';
}

function Chart({ title, field, bars, state }: { title: string; field: Facet; bars: Bar[]; state: State }) {
  const none: Bar[] = field === 'year' ? [] : state[field].filter((value) => !bars.some(([other]) => other === value)).map((value) => [value, 0]); // chosen, so that it can be left out
  const all = [...bars, ...none];
  if (all.length === 0) return null;
  const most = Math.max(1, ...all.map(([, n]) => n));
  const [first = Infinity, last = -Infinity] = yearsOf(state) ?? [];
  const isChosen = (value: string) => (field === 'year' ? first <= Number(value) && Number(value) <= last : state[field].includes(value));
  const withOrWithout = (value: string) => (field === 'year' ? withYear(state, Number(value)) : toggled(state[field], value));
  return (
    <div class="chart">
      <h2>{title}</h2>
      <ul>
        {all.map(([value, n]) => {
          const chosen = isChosen(value);
          return (
            <li key={value}>
              <a class="bar" href={href({ ...state, id: '', sel: '', open: '', rows: '', [field]: withOrWithout(value) })} aria-current={chosen ? 'true' : undefined} style={{ '--part': `${Math.round(100 * n / most)}%` }}>
                <span class="heard">{title}: </span><span class="label">{label(field, value)}</span><span class="heard">, </span>
                <span class="n">{n}</span><span class="heard">{n === 1 ? ' incident' : ' incidents'}{chosen && again(state, field, value)}</span>
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
