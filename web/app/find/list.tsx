// The list at the side: incidents, narrowed by the filters, or what was found by words, of all kinds and in the articles' texts.

import { useEffect, useState } from 'preact/hooks';
import { ask, useAnswer } from '../api';
import { type State, away, href } from '../address';
import { IncidentsDocument, type ListedFragment, MoreIncidentsDocument, SearchDocument, type SearchQuery } from '../operations.gen';
import { Failure, Found, Standings } from '../parts';
import { day, incidentKind, kindOf, number } from '../words';
import { Charts, type Counts, filterOf, narrowed } from './charts';

const page = 50;

export function Incidents({ state, revision, counted }: { state: State; revision: number; counted: (counts: Counts) => void }) {
  const filter = filterOf(state);
  const { data, error, loading } = useAnswer(IncidentsDocument, { first: page, filter }, state.asOf, revision);
  const [more, setMore] = useState<{ nodes: ListedFragment[]; end: string | null }>({ nodes: [], end: null });
  useEffect(() => {
    if (!data) return;
    counted(data.statistics);
    setMore({ nodes: [], end: data.incidents.pageInfo.endCursor });
  }, [data]);
  if (error) return <Failure error={error} />;
  if (!data) return <p id="list-state" role="status">Loading …</p>;
  const { totalCount } = data.incidents, nodes = [...data.incidents.nodes, ...more.nodes];
  const known = state.asOf ? ` known on ${day(state.asOf)}` : '';
  const says = nodes.length === 0 ? `Nothing${known}.` : nodes.length < totalCount ? `The first ${number(nodes.length)} of ${number(totalCount)}${known}` : known && `${number(totalCount)}${known}`;
  const next = async () => {
    const { incidents } = await ask(MoreIncidentsDocument, { first: page, after: more.end, filter }, { asOf: state.asOf });
    setMore({ nodes: [...more.nodes, ...incidents.nodes], end: incidents.pageInfo.endCursor });
  };
  return (
    <>
      <details id="filters"><summary>{narrowed(state) ? 'Narrowed; show the counts' : 'Narrow by year, kind, standing or region'}</summary><Charts counts={data.statistics} state={state} /></details>
      <p id="list-state" role="status">{says}</p>
      <ul id="list" class="list" aria-busy={loading} tabIndex={-1}>{nodes.map((node) => <Item key={node.id} node={node} state={state} />)}</ul>
      {nodes.length < totalCount && <button type="button" class="quiet" onClick={() => void next()}>Show more</button>}
    </>
  );
}

export function Results({ state, revision }: { state: State; revision: number }) {
  const { data, error, loading } = useAnswer(SearchDocument, { text: state.q, first: 30 }, state.asOf, revision);
  if (error) return <Failure error={error} />;
  if (!data) return <p id="list-state" role="status">Loading …</p>;
  const { nodes, totalCount } = data.search;
  const what = ` for “${state.q}”${state.asOf ? ` known on ${day(state.asOf)}` : ''}`;
  const says = nodes.length + data.articles.nodes.length === 0 ? `Nothing${what}.` : nodes.length < totalCount ? `The first ${nodes.length} of ${number(totalCount)}${what}` : `${number(totalCount)}${what}`;
  return (
    <>
      <p id="list-state" role="status">{loading ? 'Looking …' : says}</p>
      <ul id="list" class="list" aria-busy={loading} tabIndex={-1}>
        {nodes.map((node) => <Item key={node.id} node={node} state={state} />)}
        {data.articles.nodes.map((article) => <Text key={article.id} article={article} state={state} />)}
      </ul>
      {data.articles.totalCount > data.articles.nodes.length && <p class="hint">{data.articles.nodes.length} of {number(data.articles.totalCount)} articles with these words</p>}
    </>
  );
}

function Item({ node, state }: { node: ListedFragment; state: State }) {
  const incident = 'impacts' in node ? node : null;
  const chosen = node.id === state.id || incident?.mentionIds.includes(state.id);
  const about = incident
    ? [incidentKind(incident.incidentKind), day(incident.identifiedOn ?? node.firstReportedOn, incident.identifiedOn ? incident.precision : 'DAY')]
    : [kindOf(node.kind), foundBy(node, state.q)];
  return (
    <li>
      <a href={href(away(state, { id: node.id }))} aria-current={chosen ? 'true' : undefined}>
        <strong><Found text={node.name} by={state.q} /></strong>
        <span class="about">{about.filter(Boolean).map((part, i) => <>{i > 0 && ', '}{incident ? part : <Found text={part ?? ''} by={state.q} />}</>)}</span>
        {incident && <Standings impacts={incident.impacts} />}
      </a>
    </li>
  );
}

// foundBy is the other name by which a thing was found, where its own does not show it.
function foundBy({ name, aliases }: ListedFragment, q: string): string | undefined {
  const first = q.toLowerCase().split(/\s+/)[0] ?? '';
  return name.toLowerCase().includes(first) ? undefined : aliases.find((alias) => alias.toLowerCase().includes(first));
}

function Text({ article, state }: { article: SearchQuery['articles']['nodes'][number]; state: State }) {
  const first = state.q.split(/\s+/)[0]!.toLowerCase();
  const at = article.text.toLowerCase().search(new RegExp(`(?<![\\p{L}\\p{N}])${first.replace(/[^\p{L}\p{N}]/gu, '.')}`, 'u'));
  const from = Math.max(0, at - 50);
  return (
    <li>
      <a href={href(away(state, { id: article.id }))} aria-current={article.id === state.id ? 'true' : undefined}>
        <strong><Found text={article.title ?? 'Untitled'} by={state.q} /></strong>
        <span class="about">{['Article', article.publisher, day(article.publishedOn)].filter(Boolean).join(', ')}</span>
        {at >= 0 && <span class="snippet">{from > 0 && '… '}<Found text={article.text.slice(from, at + 90).replace(/\s+/g, ' ')} by={state.q} /> …</span>}
      </a>
    </li>
  );
}
