// The filters of the list of incidents: small charts whose bars narrow the list when they are chosen, and widen it again.

import type { ComponentChildren } from 'preact';
import { type State, href } from '../address';
import type { CountsQuery } from '../operations.gen';
import { Standing } from '../parts';
import { incidentKind, words } from '../words';

export type Counts = CountsQuery['statistics'];
type Field = 'kind' | 'impact' | 'region' | 'year';

interface Bar {
  value: string;
  label: ComponentChildren;
  n: number;
}

// Charts are the counts of the incidents that the filter lets through.
export function Charts({ counts, state }: { counts: Counts; state: State }) {
  const years = new Map<string, number>();
  for (const { month, incidents } of counts.byMonth) years.set(month.slice(0, 4), (years.get(month.slice(0, 4)) ?? 0) + incidents);
  const bar = (value: string, label: ComponentChildren, n: number): Bar => ({ value, label, n });
  return (
    <div class="charts">
      <Chart title="Year" field="year" bars={[...years].map(([year, n]) => bar(year, year, n))} state={state} />
      <Chart title="Kind" field="kind" bars={counts.byKind.map(({ kind, incidents }) => bar(kind, incidentKind(kind) || words(kind), incidents))} state={state} />
      <Chart title="A council is" field="impact" bars={counts.byImpact.map(({ status, incidents }) => bar(status, <Standing status={status} />, incidents))} state={state} />
      <Chart title="Region" field="region" bars={counts.byRegion.map(({ region, incidents }) => bar(region, words(region), incidents))} state={state} />
    </div>
  );
}

function Chart({ title, field, bars, state }: { title: string; field: Field; bars: Bar[]; state: State }) {
  if (bars.length === 0) return null;
  const most = Math.max(...bars.map(({ n }) => n));
  return (
    <div class="chart">
      <h2>{title}</h2>
      <ul>
        {bars.map(({ value, label, n }) => {
          const chosen = state[field] === value;
          return (
            <li key={value}>
              <a class="bar" href={href({ ...state, id: '', sel: '', open: '', rows: '', [field]: chosen ? '' : value })} aria-current={chosen ? 'true' : undefined} style={{ '--part': `${Math.round(100 * n / most)}%` }}>
                <span class="heard">{title}: </span><span class="label">{label}</span><span class="heard">, </span>
                <span class="n">{n}</span><span class="heard">{n === 1 ? ' incident' : ' incidents'}{chosen ? '; chosen, choose again for all' : ''}</span>
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
