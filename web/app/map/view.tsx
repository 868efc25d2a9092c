// The map of arrangements: which councils share what, to move about in; and the same as a list.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type State, away, go, href } from '../address';
import { Failure, Loading, Section, Standing } from '../parts';
import { day, many, outcomes } from '../words';
import { type Colours, type Sight, coloursOf, draw } from './canvas';
import { type Graph, type Spot, load } from './data';
import { simulate } from './place';

const sliceMs = 12; // of placing between two frames

export default function MapView({ state, revision }: { state: State; revision: number }) {
  const [graph, setGraph] = useState<Graph | null>(null);
  const [progress, setProgress] = useState('');
  const [error, setError] = useState<Error | null>(null);
  useEffect(() => {
    let current = true;
    load(state.asOf, (done, of) => current && setProgress(`${done} of ${many(of, 'arrangement')}`))
      .then((found) => current && setGraph(found), (failed: Error) => current && setError(failed));
    return () => {
      current = false;
    };
  }, [state.asOf, revision]);
  if (error) return <Failure error={error} />;
  if (!graph) return <Loading what={progress || 'the map'} />;
  const councils = graph.spots.filter(({ council }) => council).length;
  const chosen = graph.spots.find(({ id }) => id === state.sel) ?? null;
  return (
    <>
      <h1>What councils share</h1>
      <p class="about">{many(councils, 'council')} in {many(graph.spots.length - councils, 'arrangement')}{state.asOf ? `, as was known on ${day(state.asOf)}` : ''}. Near one another is what shares; coloured is what was ever reported struck.</p>
      {graph.spots.length === 0 ? <p>Nothing is known to be shared.</p> : (
        <>
          <Canvas graph={graph} chosen={chosen} state={state} />
          <p class="standings key">{outcomes.slice(0, 4).map((status) => <Standing key={status} status={status} />)}<span><span class="spot council" /> no report</span><span><span class="spot" /> arrangement</span></p>
          {chosen && <About spot={chosen} state={state} />}
          <List graph={graph} state={state} />
        </>
      )}
    </>
  );
}

function Canvas({ graph, chosen, state }: { graph: Graph; chosen: Spot | null; state: State }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const sight = useRef<Sight>({ x: 0, y: 0, scale: 1 });
  const simulation = useMemo(() => simulate(graph, innerWidth > 700 ? 1.5 : 0.8), [graph]);
  const latest = useRef({ chosen, state });
  latest.current = { chosen, state };
  const again = useRef<() => void>(() => {});
  const whole = useRef<() => void>(() => {});

  useEffect(() => {
    const element = canvas.current!, context = element.getContext('2d')!;
    let colours: Colours = coloursOf(element), frame = 0, placing = 0;
    const paint = () => {
      frame = 0;
      draw(context, graph, sight.current, colours, latest.current.chosen);
    };
    again.current = () => {
      frame ||= requestAnimationFrame(paint);
    };
    whole.current = () => {
      const { clientWidth: width, clientHeight: height } = element;
      const xs = graph.spots.map(({ x }) => x), ys = graph.spots.map(({ y }) => y);
      const [left, right, top, bottom] = [Math.min(...xs) - 30, Math.max(...xs) + 90, Math.min(...ys) - 60, Math.max(...ys) + 30];
      const scale = Math.min(width / (right - left), height / (bottom - top), 2);
      sight.current = { scale, x: (width - (left + right) * scale) / 2, y: (height - (top + bottom) * scale) / 2 };
      again.current();
    };
    const fit = new ResizeObserver(() => {
      element.width = element.clientWidth * devicePixelRatio;
      element.height = element.clientHeight * devicePixelRatio;
      whole.current();
    });
    fit.observe(element);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const place = () => {
      const until = performance.now() + sliceMs;
      while (simulation.alpha() > simulation.alphaMin() && performance.now() < until) simulation.tick();
      const placed = simulation.alpha() <= simulation.alphaMin();
      if (!still || placed) whole.current();
      if (placed) element.dataset.placed = 'true';
      else placing = requestAnimationFrame(place);
    };
    place();
    const theme = matchMedia('(prefers-color-scheme: dark)');
    const recolour = () => {
      colours = coloursOf(element);
      again.current();
    };
    theme.addEventListener('change', recolour);
    return () => {
      cancelAnimationFrame(frame);
      cancelAnimationFrame(placing);
      fit.disconnect();
      theme.removeEventListener('change', recolour);
    };
  }, [graph]);
  useEffect(() => again.current(), [chosen]);

  const zoom = (by: number, x = canvas.current!.clientWidth / 2, y = canvas.current!.clientHeight / 2) => {
    const { scale, ...at } = sight.current;
    const to = Math.min(8, Math.max(0.05, scale * by));
    sight.current = { scale: to, x: x - (x - at.x) * to / scale, y: y - (y - at.y) * to / scale };
    again.current();
  };
  const pan = (x: number, y: number) => {
    sight.current = { ...sight.current, x: sight.current.x + x, y: sight.current.y + y };
    again.current();
  };
  useEffect(() => {
    // Preact's own listeners for wheels are passive in some browsers, and the page would move as well.
    const element = canvas.current!;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      zoom(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY);
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, []);

  const pointers = usePointers(pan, zoom, (x, y) => {
    const { scale, x: left, y: top } = sight.current;
    const spot = simulation.find((x - left) / scale, (y - top) / scale, 14 / scale);
    go({ ...latest.current.state, sel: spot?.id ?? '' });
  });
  const key = (event: KeyboardEvent) => {
    const step = 60;
    const does: Record<string, () => void> = {
      ArrowLeft: () => pan(step, 0), ArrowRight: () => pan(-step, 0), ArrowUp: () => pan(0, step), ArrowDown: () => pan(0, -step),
      '+': () => zoom(1.3), '=': () => zoom(1.3), '-': () => zoom(1 / 1.3), 0: () => whole.current(),
    };
    if (!does[event.key]) return;
    event.preventDefault();
    does[event.key]!();
  };
  return (
    <div class="map">
      <canvas ref={canvas} tabIndex={0} role="img" aria-label="The map of arrangements. Arrow keys move it, plus and minus zoom, 0 shows the whole. The list below says the same." onKeyDown={key} {...pointers} />
      <p class="zoom"><button type="button" class="quiet" aria-label="Zoom in" onClick={() => zoom(1.4)}>+</button><button type="button" class="quiet" aria-label="Zoom out" onClick={() => zoom(1 / 1.4)}>−</button><button type="button" class="quiet" onClick={() => whole.current()}>Whole</button></p>
    </div>
  );
}

// usePointers turns one pointer into moving, two into zooming, and one that does not move into choosing.
function usePointers(pan: (x: number, y: number) => void, zoom: (by: number, x: number, y: number) => void, choose: (x: number, y: number) => void) {
  const down = useRef(new Map<number, { x: number; y: number }>());
  const moved = useRef(0);
  return {
    onPointerDown: (event: PointerEvent) => {
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      if (down.current.size === 0) moved.current = 0;
      down.current.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    },
    onPointerMove: (event: PointerEvent) => {
      const before = down.current.get(event.pointerId);
      if (!before) return;
      const now = { x: event.offsetX, y: event.offsetY };
      const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
      moved.current += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
      if (other) zoom(Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y)), other.x, other.y);
      else pan(now.x - before.x, now.y - before.y);
      down.current.set(event.pointerId, now);
    },
    onPointerUp: (event: PointerEvent) => {
      if (down.current.delete(event.pointerId) && moved.current < 5) choose(event.offsetX, event.offsetY);
    },
    onPointerCancel: (event: PointerEvent) => void down.current.delete(event.pointerId),
  };
}

function About({ spot, state }: { spot: Spot; state: State }) {
  const partners = [...new Set(spot.council ? spot.links.flatMap(({ links }) => links) : spot.links)].filter((other) => other !== spot);
  return (
    <aside class="chosen" aria-live="polite" aria-label={spot.name}>
      <a class="close" href={href({ ...state, sel: '' })} aria-label="Close">×</a>
      <h2><a href={href(away(state, { id: spot.id }))}>{spot.name}</a> {spot.worst && <Standing status={spot.worst} />}</h2>
      <p class="about">{spot.council ? `Shares ${many(spot.links.length, 'arrangement')} with ${many(partners.length, 'council')}` : `Joins ${many(partners.length, 'council')}`}</p>
      <p>{partners.slice(0, 40).map(({ id, name }, i) => <>{i > 0 && ', '}<a href={href({ ...state, sel: id })}>{name}</a></>)}{partners.length > 40 && ` and ${partners.length - 40} more`}</p>
    </aside>
  );
}

const few = 60;

function List({ graph, state }: { graph: Graph; state: State }) {
  const [all, setAll] = useState(false);
  const arrangements = graph.spots.filter(({ council }) => !council).sort((a, b) => b.links.length - a.links.length || a.name.localeCompare(b.name));
  return (
    <Section title="The same as a list">
      <ul class="plain">
        {arrangements.slice(0, all ? undefined : few).map((spot) => (
          <li key={spot.id}><details><summary>{spot.name} ({many(spot.links.length, 'council')})</summary>
            <ul class="names"><li><a href={href(away(state, { id: spot.id }))}>The arrangement</a></li>{spot.links.map(({ id, name, worst }) => <li key={id}><a href={href(away(state, { id }))}>{name}</a> {worst && <Standing status={worst} />}</li>)}</ul>
          </details></li>
        ))}
      </ul>
      {!all && arrangements.length > few && <button type="button" class="quiet" onClick={() => setAll(true)}>Show all {arrangements.length}</button>}
    </Section>
  );
}
