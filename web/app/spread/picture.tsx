// The picture of a spread. It is drawn from the same model as the list below it, which says all that the picture shows.

import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Ref, RefObject } from 'preact';
import { type State, go, href } from '../address';
import { type Outcome, day } from '../words';
import { type Box, layout } from './layout';
import type { Spread } from './model';

// useWidth is the width that an element has, which it gives anew when that changes.
export function useWidth<E extends HTMLElement>(otherwise: number): [RefObject<E | null>, number] {
  const ref = useRef<E>(null);
  const [width, set] = useState(0);
  useLayoutEffect(() => {
    if (!ref.current) return;
    set(Math.floor(ref.current.clientWidth));
    const watch = new ResizeObserver(([entry]) => entry && set(Math.floor(entry.contentRect.width)));
    watch.observe(ref.current);
    return () => watch.disconnect();
  }, []);
  return [ref, width || otherwise];
}

interface Props {
  spread: Spread;
  state: State;
  label: string;
  picture: Ref<SVGSVGElement>;
}

export function Picture({ spread, state, label, picture }: Props) {
  const [frame, width] = useWidth<HTMLDivElement>(880);
  const drawn = useMemo(() => layout(spread, new Set(state.open.split(' ')), width), [spread, state.open, width]);
  const [over, setOver] = useState(''); // the key of the box that a pointer or the focus is on
  const chosen = (id: string) => (state.sel === id ? 'true' as const : undefined);
  const toggle = (id: string) => href({ ...state, sel: state.sel === id ? '' : id });
  const address = (box: Box) => (box.kind === 'more' ? href({ ...state, open: [...state.open.split(' ').filter(Boolean), box.id].join(' ') }) : toggle(box.id));
  return (
    <div class="wide" ref={frame}>
      <svg ref={picture} class="picture" viewBox={`0 0 ${drawn.width} ${drawn.height}`} width={drawn.width} height={drawn.height} role="group" aria-label={label}>
        {/* Lines are for pointers: what they choose is chosen by their ends, too. */}
        <g aria-hidden="true">
          {drawn.lines.map((line) => (
            <g key={line.key} onClick={() => go({ ...state, sel: state.sel === line.select ? '' : line.select })} class={`road ${line.outcome?.toLowerCase() ?? ''}`} data-chosen={chosen(line.select)}>
              <title>{line.says}</title>
              <path class="road-reach" d={line.d} />
              <path class={line.directed ? 'road-line' : 'road-line undirected'} d={line.d} />
            </g>
          ))}
        </g>
        {drawn.boxes.map((box) => (
          <a key={box.key} href={address(box)} class={classOf(box)} aria-label={says(box)} aria-current={chosen(box.id)} data-origin={box.origin || undefined} style={{ transform: `translate(${box.x}px, ${box.y}px)` }}
            onMouseEnter={() => setOver(box.key)} onFocus={() => setOver(box.key)} onMouseLeave={() => setOver('')} onBlur={() => setOver('')} onKeyDown={({ key }) => key === 'Escape' && setOver('')}>
            <title>{says(box)}</title>
            {box.kind === 'more' && <rect class="behind" x="4" y="4" width={box.width} height={box.height} rx="7" />}
            <rect width={box.width} height={box.height} rx={box.kind === 'arrangement' ? box.height / 2.6 : 7} />
            <g aria-hidden="true">
              {box.kind === 'arrangement'
                ? box.lines.map((line, i) => <text key={i} x={box.width / 2} y={19 + i * 15} text-anchor="middle">{line} </text>)
                : <Council box={box} />}
            </g>
          </a>
        ))}
        {drawn.boxes.filter(({ key, whole }) => key === over && whole.length > 0).map((box) => <Whole key={box.key} box={box} height={drawn.height} />)}
      </svg>
    </div>
  );
}

// Whole is the whole name of a box, over it and what is around it.
function Whole({ box: { x, y, width, whole }, height: available }: { box: Box; height: number }) {
  const height = whole.length * 15 + 14;
  return (
    <g class="whole" aria-hidden="true" style={{ transform: `translate(${x}px, ${Math.max(0, Math.min(y, available - height))}px)` }}>
      <rect width={width} height={height} rx="7" />
      {whole.map((line, i) => <text key={i} x={width / 2} y={19 + i * 15} text-anchor="middle">{line} </text>)}
    </g>
  );
}

// standsAs is the second line of a box.
function standsAs({ outcome, origin, on, kind }: Box): string {
  const stands = outcome && (kind === 'more' && outcome === 'UNREPORTED' ? 'unreported: show them' : outcome.toLowerCase());
  return [stands ?? (kind === 'more' ? 'show them' : origin ? '' : 'exposed'), on && day(on, 'SHORT')].filter(Boolean).join(', ');
}

function Council({ box }: { box: Box }) {
  const { outcome, lines } = box;
  const second = standsAs(box);
  return (
    <>
      {outcome && <Shape outcome={outcome} />}
      <text class="name" x={outcome ? 32 : 12} y={second ? 19 : 27}>{lines[0]} </text>
      {second && <text class="stands" x={outcome ? 32 : 12} y="35">{second}</text>}
    </>
  );
}

// Shapes are drawn, because fonts differ in how large they make them.
function Shape({ outcome }: { outcome: Outcome }) {
  const middle = { transform: 'translate(17px, 22px)' };
  switch (outcome) {
    case 'COMPROMISED': return <rect class="shape" style={middle} x="-6" y="-6" width="12" height="12" />;
    case 'DISRUPTED': return <path class="shape" style={middle} d="M0-8 8 0 0 8-8 0Z" />;
    case 'SUSPECTED': return <path class="shape" style={middle} d="M0-7 8 7H-8Z" />;
    case 'UNAFFECTED': return <circle class="shape open" style={middle} r="6" />;
    default: return <path class="shape open" style={middle} d="M-4-4a4 4 0 1 1 6 3.4c-1.5 .8-2 1.4-2 3.1M0 6.4v.9" />; // a question mark
  }
}

const classOf = ({ kind, outcome }: Box): string =>
  kind === 'arrangement' ? 'joint' : `node ${outcome?.toLowerCase() ?? 'exposed'}${kind === 'more' ? ' more' : ''}`;

// says begins with the words that are seen, by which people choose it who speak to their computer; the whole name follows.
function says(box: Box): string {
  const seen = box.lines.join(' ');
  if (box.kind === 'arrangement') return `${seen}${seen === box.name ? '' : ` (${box.name})`}, shared`;
  const stands = standsAs(box);
  return `${seen}${stands && `, ${stands}`}${box.kind === 'more' || seen === box.name ? '' : ` (${box.name})`}`;
}
