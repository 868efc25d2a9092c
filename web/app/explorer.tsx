// The explorer: finds incidents and councils, shows how an incident spread, moves through time, and reads the sentence behind
// each line. What is seen follows from the address (address.ts).

import { type ComponentType, render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Question, question, useAnswer } from './api';
import { type State, away, go, goTo, href, useAddress } from './address';
import { Ask, walk } from './find/ask';
import { Charts, useCounts } from './find/charts';
import { Listing, Results } from './find/list';
import { shown } from './find/offers';
import { ArticleDocument, CouncilDocument, IncidentDocument, PathDocument, ThingDocument } from './operations.gen';
import { Failure, Loading } from './parts';
import { ArticleView } from './things/article';
import { CouncilView, hopsOf } from './things/council';
import { IncidentView } from './things/incident';
import { ThingView } from './things/thing';
import { useChanges } from './watch';
import { day, kindOfId } from './words';
import './style/base.css';
import './style/find.css';
import './style/pictures.css';
import './style/things.css';

type ViewProps = { state: State; revision: number };

// Views that few open at first come when they are asked for.
const later: Record<Exclude<State['view'], ''>, () => Promise<{ default: ComponentType<ViewProps> }>> = {
  map: () => import('./map/view'),
  path: () => import('./things/path'),
  load: () => import('./curate/load'),
  changes: () => import('./curate/changes'),
};

const pages: [State['view'], string][] = [['', 'Incidents'], ['map', 'Map'], ['path', 'Path'], ['load', 'Load'], ['changes', 'Changes']];

function Explorer() {
  const state = useAddress();
  const [news, revision, show] = useChanges(state.asOf !== '');
  const counts = useCounts(state, revision);
  const list = useRef<HTMLElement>(null), main = useRef<HTMLElement>(null);
  const before = useRef(state);
  useEffect(() => {
    document.body.classList.toggle('chosen', Boolean(state.id || state.view)); // on narrow screens either the list or the detail is shown
    const { id, view, after } = before.current;
    if (id !== state.id || view !== state.view || after !== state.after) {
      (state.id || state.view ? main.current : list.current?.querySelector<HTMLElement>('#list'))?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    before.current = state;
  }, [state]);
  useEffect(() => {
    document.addEventListener('click', follow);
    return () => document.removeEventListener('click', follow);
  }, []);
  const title = useTitle(state);
  const Title = state.id ? 'h2' : 'h1'; // a page has one heading above all others: the thing shown, or the list
  return (
    <>
      <a class="skip" href="#detail">Skip to what is shown</a>
      <header>
        <a class="brand" href="/">Spillover</a>
        <p>How cyber incidents at UK councils spread through what they share</p>
        <nav aria-label="Site">
          {pages.map(([view, name]) => <a key={name} href={href({ view, asOf: state.asOf })} aria-current={view === state.view ? 'page' : undefined}>{name}</a>)}
          <a href="/playground">Playground</a>
        </nav>
      </header>
      <Ask state={state} />
      {news && <p id="news" role="status">The graph has changed. <button type="button" class="quiet" onClick={show}>Show what is known now</button></p>}
      {state.view ? (
        <main id="detail" class="alone" tabIndex={-1} ref={(element) => { main.current = element; }}><Later view={state.view} state={state} revision={revision} /><OpenPath state={state} /></main>
      ) : (
        <main class={state.list === 'claims' && !state.q ? 'columns sentences' : 'columns'}>
          <section ref={list} aria-labelledby="list-title" onKeyDown={walk}>
            <Title id="list-title" class={state.q ? 'list-title' : 'heard'}>{state.q ? 'Found' : shown(state).title}</Title>
            {state.q ? <Results state={state} revision={revision} /> : <Listing state={state} revision={revision} counts={counts} />}
          </section>
          <div id="detail" tabIndex={-1} ref={(element) => { main.current = element; }}>
            {state.id ? <Detail key={kindOfId(state.id)} state={state} revision={revision} titled={title} /> : (
              <>
                <p class="hint">{state.list === 'claims' ? 'Choose a claim to read its words where they stand in the article.' : state.list ? 'Choose one to see what was said of it, and the words behind each line.' : <>Choose an incident to see how it spread, who held out, of whom nobody has said anything yet, and the words behind each line.</>}</p>
                {counts && <Charts counts={counts} state={state} />}
              </>
            )}
          </div>
        </main>
      )}
    </>
  );
}

function useTitle(state: State): (name: string) => void {
  const page = pages.find(([view]) => view === state.view)?.[1];
  useEffect(() => {
    if (!state.id) document.title = state.view ? `${page} – Spillover explorer` : 'Spillover explorer';
  }, [state.id, state.view]);
  return (name) => {
    document.title = `${name} – Spillover`;
  };
}

function Later({ view, ...props }: ViewProps & { view: Exclude<State['view'], ''> }) {
  const [loaded, set] = useState<{ view: string; View: ComponentType<ViewProps> } | null>(null);
  const [error, setError] = useState<Error | null>(null);
  useEffect(() => {
    later[view]().then(({ default: View }) => set({ view, View }), setError);
  }, [view]);
  if (error) return <Failure error={error} />;
  return loaded?.view === view ? <loaded.View {...props} /> : <Loading what="the view" />;
}

interface DetailProps extends ViewProps {
  titled: (name: string) => void;
}

// Detail shows one thing by its kind, which its id says.
function Detail(props: DetailProps) {
  switch (kindOfId(props.state.id)) {
    case 'incident': return <IncidentDetail {...props} />;
    case 'council': return <CouncilDetail {...props} />;
    case 'article': return <ArticleDetail {...props} />;
    default: return <ThingDetail {...props} />;
  }
}

function IncidentDetail({ state, revision, titled }: DetailProps) {
  const variables = { id: state.id };
  const then = useAnswer(IncidentDocument, variables, state.asOf, revision);
  // The slider goes over all days, whichever is shown.
  const now = useAnswer(IncidentDocument, state.asOf ? variables : null, '', revision);
  const node = then.data?.node, whole = state.asOf ? now.data?.node : node;
  return (
    <Frame answer={state.asOf && !now.data ? { ...then, loading: true, data: now.error ? then.data : null, error: now.error ?? then.error } : then} state={state} asked={question(IncidentDocument, variables, state.asOf)} titled={titled}>
      {node?.__typename === 'Incident' && whole?.__typename === 'Incident' && <IncidentView node={node} whole={whole} state={state} />}
    </Frame>
  );
}

function CouncilDetail({ state, revision, titled }: DetailProps) {
  const variables = { id: state.id, maxHops: hopsOf(state) };
  const answer = useAnswer(CouncilDocument, variables, state.asOf, revision);
  const node = answer.data?.node;
  return (
    <Frame answer={answer} state={state} asked={question(CouncilDocument, variables, state.asOf)} titled={titled}>
      {node?.__typename === 'Council' && <CouncilView node={node} state={state} />}
    </Frame>
  );
}

function ArticleDetail({ state, revision, titled }: DetailProps) {
  const variables = { id: state.id };
  const answer = useAnswer(ArticleDocument, variables, state.asOf, revision);
  const node = answer.data?.node;
  return (
    <Frame answer={answer} state={state} asked={question(ArticleDocument, variables, state.asOf)} titled={titled}>
      {node?.__typename === 'Article' && <ArticleView node={node} state={state} />}
    </Frame>
  );
}

function ThingDetail({ state, revision, titled }: DetailProps) {
  const variables = { id: state.id };
  const answer = useAnswer(ThingDocument, variables, state.asOf, revision);
  const node = answer.data?.node;
  useEffect(() => {
    if (node?.__typename === 'Claim') go(away(state, { id: node.article.id, sel: node.id }), true);
  }, [node]);
  return (
    <Frame answer={answer} state={state} asked={question(ThingDocument, variables, state.asOf)} titled={titled}>
      {node && 'claims' in node && <ThingView node={node} state={state} />}
    </Frame>
  );
}

interface FrameProps {
  answer: { data: { node: { id: string; name?: string; title?: string | null } | null } | null; error: Error | null; loading: boolean };
  state: State;
  asked: Question;
  titled: (name: string) => void;
  children: preact.ComponentChildren;
}

// Frame is what is around every thing: that it loads, that it failed, that there is nothing, the way back and the question.
function Frame({ answer: { data, error, loading }, state, asked, titled, children }: FrameProps) {
  const node = data?.node;
  useEffect(() => {
    if (node) titled(node.name ?? node.title ?? node.id);
  }, [node]);
  if (error) return <Failure error={error} again={() => location.reload()} />;
  if (!data) return <Loading what="what is known" />;
  if (!node) {
    return (
      <>
        <h1>{state.asOf ? `Nothing of that was known on ${day(state.asOf)}` : 'There is nothing under this id'}</h1>
        <p class="hint">{state.asOf ? <a href={href({ ...state, asOf: '' })}>What is known now</a> : 'It may be mistyped, or what it stood for was retracted.'}</p>
      </>
    );
  }
  return (
    <div aria-busy={loading}>
      <p class="back"><a href={href(away(state, { id: '' }))}>{state.q ? 'Back to what was found' : state.list ? 'Back to the list' : 'All incidents'}</a></p>
      {children}
      <Open asked={asked} />
    </div>
  );
}

function OpenPath({ state: { view, from, to, asOf } }: { state: State }) {
  return view === 'path' && from && to ? <Open asked={question(PathDocument, { from, to }, asOf)} /> : null;
}

function Open({ asked: { query, variables } }: { asked: Question }) {
  const address = '/playground?' + new URLSearchParams({ query, variables: JSON.stringify(variables, null, 2) });
  return <p class="as-query"><a href={address}>Open this as a query in the playground</a></p>;
}

// follow shows what links of this page lead to without loading the page anew.
function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || !(event.target instanceof Element)) return;
  const address = event.target.closest('a')?.getAttribute('href');
  if (address === undefined || address === null || !(address.startsWith('?') || address === '/')) return;
  event.preventDefault();
  goTo(address);
}

render(<Explorer />, document.getElementById('explorer')!);
