// Lanes: time across, one lane for each council, each claim a mark. A mark that is chosen shows its sentence. Marks that are
// later than the day looked at are there as a shadow.

import { type State, href } from '../address';
import { Sentences } from '../evidence';
import type { StandingFragment, WordsFragment } from '../operations.gen';
import { Standing } from '../parts';
import { type Outcome, atMost, day, isOutcome, shapes, shortName } from '../words';
import { useWidth } from '../spread/picture';

const right = 20, top = 28, dayLength = 86_400_000, apart = 20;

const time = (date: string) => Date.parse(`${date}T00:00:00Z`);

interface Mark {
  claim: WordsFragment;
  value: Outcome;
  council: string;
  x: number;
  y: number;
}

export function Lanes({ impacts, state }: { impacts: StandingFragment[]; state: State }) {
  const [frame, width] = useWidth<HTMLDivElement>(880);
  const days = impacts.flatMap(({ evidence }) => evidence).map(({ assertedOn }) => assertedOn).filter((on) => on !== null).map(time);
  if (days.length === 0) return null;
  const narrow = width < 560;
  const left = narrow ? 16 : 210, lane = narrow ? 48 : 34;
  const first = Math.min(...days), last = Math.max(...days, first + dayLength);
  const x = (date: string | null) => (date ? left + 16 + (time(date) - first) / (last - first) * (width - left - right - 32) : left);
  const height = top + impacts.length * lane + 8;
  const marks = impacts.flatMap((impact, i) => marksOf(impact, top + i * lane + (narrow ? 32 : lane / 2), x, width - right));
  const chosen = marks.find(({ claim }) => claim.id === state.sel);
  return (
    <div class="wide" ref={frame}>
      <svg class="lanes" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="group" aria-label="Reports of each council over time">
        {ticks(first, last, narrow ? 2 : 4).map((at, i, all) => (
          <g class="tick" key={at}>
            <line x1={x(at)} x2={x(at)} y1={top - 6} y2={height} />
            <text x={x(at)} y="14" text-anchor={i === 0 ? (narrow ? 'start' : 'middle') : i === all.length - 1 ? 'end' : 'middle'}>{day(at, 'TICK')}</text>
          </g>
        ))}
        {impacts.map(({ council }, i) => (
          <g class="lane" key={council.id}>
            <line x1={left} x2={width - right} y1={top + i * lane + (narrow ? 32 : lane / 2)} y2={top + i * lane + (narrow ? 32 : lane / 2)} />
            <text x={narrow ? 2 : left - 14} y={top + i * lane + (narrow ? 14 : lane / 2 + 4.5)} text-anchor={narrow ? 'start' : 'end'}><title>{council.name}</title>{atMost(narrow ? 40 : 26, shortName(council.name))}</text>
          </g>
        ))}
        {state.asOf && time(state.asOf) >= first && <line class="now" x1={x(state.asOf)} x2={x(state.asOf)} y1={top - 6} y2={height} />}
        {marks.map(({ claim, value, council, x: at, y }) => (
          <a key={claim.id} href={href({ ...state, sel: state.sel === claim.id ? '' : claim.id })} aria-current={state.sel === claim.id ? 'true' : undefined}
            class={`mark ${value.toLowerCase()}`} aria-label={`${council}, ${value.toLowerCase()}, ${day(claim.assertedOn) || 'undated'}`}
            data-later={state.asOf && (claim.assertedOn ?? '9') > state.asOf || undefined}>
            <title>{`${day(claim.assertedOn) || 'undated'}: ${claim.quote}`}</title>
            <circle cx={at} cy={y} r="12" />
            <text x={at} y={y + 5} text-anchor="middle">{shapes[value]}</text>
          </a>
        ))}
      </svg>
      <div class="sentence" aria-live="polite">
        {chosen ? <><p>{chosen.council}: <Standing status={chosen.value} /></p><Sentences claims={[chosen.claim]} state={{ ...state, asOf: '' }} context /></>
          : <p class="hint">Choose a mark to read its sentence.</p>}
      </div>
    </div>
  );
}

// marksOf are the marks of a lane. What would lie on one another stands side by side.
function marksOf({ council, evidence }: StandingFragment, y: number, x: (date: string | null) => number, end: number): Mark[] {
  const marks = evidence.flatMap((claim) => (isOutcome(claim.value) ? [{ claim, value: claim.value, council: council.name, x: x(claim.assertedOn), y }] : []))
    .sort((a, b) => a.x - b.x || a.claim.id.localeCompare(b.claim.id));
  for (const [i, mark] of marks.entries()) mark.x = Math.max(mark.x, (marks[i - 1]?.x ?? -apart) + apart);
  const over = (marks.at(-1)?.x ?? 0) - (end - 8);
  for (let i = marks.length - 1, most = end - 8; over > 0 && i >= 0; i--, most -= apart) marks[i]!.x = Math.min(marks[i]!.x, most);
  return marks;
}

// ticks are some days between two, the ends among them.
function ticks(first: number, last: number, parts: number): string[] {
  const many = last - first > 5 * dayLength ? parts : 1;
  return Array.from({ length: many + 1 }, (_, i) => new Date(first + (last - first) * i / many).toISOString().slice(0, 10));
}
