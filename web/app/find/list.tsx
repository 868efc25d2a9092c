// The list at the side: of one kind, narrowed by the filters, or what was found by words, of all kinds and in the articles' texts.

import { useEffect, useState } from 'preact/hooks';
import { ask, useAnswer } from '../api';
import { type State, away, go, href, read } from '../address';
import {
  AgenciesDocument, ArticlesDocument, type ArticlesQuery, ClaimsDocument, type ClaimsQuery, CouncilsDocument, IncidentsDocument, type ListedFragment, OfficialsDocument, SearchDocument, SharedArrangementsDocument, ThreatActorsDocument,
} from '../operations.gen';
import { Failure, Found, Standing, Standings } from '../parts';
import { arrangementKind, day, incidentKind, isOutcome, kindOf, number, said, speakerName, words } from '../words';
import { Charts, type Counts } from './charts';
import { Filters } from './filters';
import { filterOf, lists } from './offers';

const page = 50, most = 100; // rows at first and for each step, and of one question

interface Rows {
  key: string;
  nodes: Row[];
  total: number;
  end: string | null;
}

type Claim = ClaimsQuery['list']['nodes'][number];
type Row = ListedFragment | ArticlesQuery['list']['nodes'][number] | Claim;
type Page = { list: { nodes: Row[]; totalCount: number; pageInfo: { endCursor: string | null } } };

interface Asked {
  first: number;
  after: string | null;
  filter: object;
  orderBy?: never; // it is the address's, so the API refuses what is none
}

const pages: Record<string, (variables: Asked, asOf: string) => Promise<Page>> = {
  '': (variables, asOf) => ask(IncidentsDocument, variables, { asOf }),
  councils: (variables, asOf) => ask(CouncilsDocument, variables, { asOf }),
  arrangements: (variables, asOf) => ask(SharedArrangementsDocument, variables, { asOf }),
  actors: (variables, asOf) => ask(ThreatActorsDocument, variables, { asOf }),
  agencies: (variables, asOf) => ask(AgenciesDocument, variables, { asOf }),
  officials: (variables, asOf) => ask(OfficialsDocument, variables, { asOf }),
  articles: (variables, asOf) => ask(ArticlesDocument, variables, { asOf }),
  claims: ({ orderBy: _, ...variables }, asOf) => ask(ClaimsDocument, variables, { asOf }), // which have one order
};

// useRows gives as many rows as the address says. More of the same list are added to those that are there.
function useRows(state: State, filter: object, revision: number): { rows: Rows | null; error: Error | null; loading: boolean } {
  const [rows, set] = useState<Rows | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const wanted = Number(state.rows || page), key = JSON.stringify([state.list, filter, state.order, state.asOf, revision]);
  const orderBy = state.order ? { orderBy: state.order as never } : {};
  useEffect(() => {
    let current = true;
    const load = async () => {
      let got: Rows = rows?.key === key ? rows : { key, nodes: [], total: Infinity, end: null };
      while (current && got.nodes.length < Math.min(wanted, got.total)) {
        const { list } = await pages[state.list]!({ first: Math.min(most, wanted - got.nodes.length), after: got.end, filter, ...orderBy }, state.asOf);
        got = { key, nodes: [...got.nodes, ...list.nodes], total: list.totalCount, end: list.pageInfo.endCursor };
        if (list.nodes.length === 0) break;
      }
      if (current) {
        set(got);
        setError(null);
      }
    };
    load().catch((failed: Error) => current && setError(failed));
    return () => {
      current = false;
    };
  }, [key, wanted]);
  return { rows: rows && { ...rows, nodes: rows.nodes.slice(0, wanted) }, error, loading: rows?.key !== key };
}

export function Listing({ state, revision, counts }: { state: State; revision: number; counts: Counts | null }) {
  const { rows, error, loading } = useRows(state, filterOf(state), revision);
  return (
    <>
      <label class="which"><span class="heard">Which list</span><select value={state.list} onChange={(event) => go({ list: event.currentTarget.value, asOf: state.asOf })}>{Object.entries(lists).map(([list, { title }]) => <option key={list} value={list} selected={list === state.list}>{title}</option>)}</select></label>
      <Filters key={state.list} state={state} />
      {counts && <details id="counts"><summary>Counts by year, kind, standing and region</summary><Charts counts={counts} state={state} /></details>}
      {error ? <Failure error={error} /> : !rows ? <p id="list-state" role="status">Loading …</p> : <Rowed rows={rows} loading={loading} state={state} />}
    </>
  );
}

function Rowed({ rows: { nodes, total }, loading, state }: { rows: Rows; loading: boolean; state: State }) {
  const known = state.asOf ? ` known on ${day(state.asOf)}` : '';
  const more = () => { // by the address, which is ahead of what is seen where one chooses faster than rows come
    const now = read();
    go({ ...now, rows: String(Math.min(9950, Number(now.rows || page) + page)) }, true);
  };
  const says = nodes.length === 0 ? `Nothing${known}.` : nodes.length < total ? `The first ${number(nodes.length)} of ${number(total)}${known}` : known && `${number(total)}${known}`;
  return (
    <>
      <p id="list-state" role="status">{says}</p>
      <ul id="list" class="list" aria-busy={loading} tabIndex={-1}>{nodes.map((node) => <Listed key={node.id} node={node} state={state} />)}</ul>
      {nodes.length < total && <button type="button" class="quiet" onClick={more}>Show more</button>}
    </>
  );
}

function Listed({ node, state }: { node: Row; state: State }) {
  switch (node.__typename) {
    case 'Article': return <Text article={node} state={state} />;
    case 'Claim': return <Said claim={node} state={state} />;
    default: return <Item node={node} state={state} />;
  }
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
  const incident = node.__typename === 'Incident' ? node : null;
  const chosen = node.id === state.id || incident?.mentionIds.includes(state.id);
  const about = incident
    ? [incidentKind(incident.incidentKind), day(incident.identifiedOn ?? node.firstReportedOn, incident.identifiedOn ? incident.precision : 'DAY')]
    : state.q ? [kindOf(node.kind), foundBy(node, state.q)] : listedAs(node);
  return (
    <li>
      <a href={href(away(state, { id: node.id }))} aria-current={chosen ? 'true' : undefined}>
        <strong><Found text={node.name} by={state.q} /></strong>
        <span class="about">{about.filter(Boolean).map((part, i) => <>{i > 0 && ', '}{incident ? part : <Found text={part || ''} by={state.q} />}</>)}</span>
        {incident && <Standings impacts={incident.impacts} />}
      </a>
    </li>
  );
}

// listedAs is what a list says of a thing beside its name.
function listedAs(node: ListedFragment): (string | null | undefined | false)[] {
  switch (node.__typename) {
    case 'Council': return [node.type && words(node.type).replace(/^Ni /, 'Northern Irish '), node.region ? words(node.region) : node.nation && words(node.nation), node.ceasedOn && `abolished on ${day(node.ceasedOn)}`];
    case 'SharedArrangement': return [arrangementKind(node.arrangementKind), node.provider && `run by ${node.provider}`];
    case 'Agency': return [node.agencyKind && words(node.agencyKind)];
    default: return [node.firstReportedOn && `first reported on ${day(node.firstReportedOn)}`];
  }
}

// foundBy is the other name by which a thing was found, where its own does not show it.
function foundBy({ name, aliases }: ListedFragment, q: string): string | undefined {
  const first = q.toLowerCase().split(/\s+/)[0] ?? '';
  return name.toLowerCase().includes(first) ? undefined : aliases.find((alias) => alias.toLowerCase().includes(first));
}

function Text({ article, state }: { article: { id: string; title: string | null; publisher: string | null; publishedOn: string | null; text?: string }; state: State }) {
  const first = state.q.split(/\s+/)[0]!.toLowerCase();
  const text = article.text ?? '';
  const at = first === '' ? -1 : text.toLowerCase().search(new RegExp(`(?<![\\p{L}\\p{N}])${first.replace(/[^\p{L}\p{N}]/gu, '.')}`, 'u'));
  const from = Math.max(0, at - 50);
  return (
    <li>
      <a href={href(away(state, { id: article.id }))} aria-current={article.id === state.id ? 'true' : undefined}>
        <strong><Found text={article.title ?? 'Untitled'} by={state.q} /></strong>
        <span class="about">{['Article', article.publisher, day(article.publishedOn)].filter(Boolean).join(', ')}</span>
        {at >= 0 && <span class="snippet">{from > 0 && '… '}<Found text={text.slice(from, at + 90).replace(/\s+/g, ' ')} by={state.q} /> …</span>}
      </a>
    </li>
  );
}

// Said is a claim: what it says of which things, in which words, and where that was written, to which it leads.
function Said({ claim, state }: { claim: Claim; state: State }) {
  const { predicate, value, subject, object, quote, article, speaker, certainty, assertedOn } = claim;
  const says = [speaker && `said by ${speakerName(speaker)}`, certainty === 'HEDGED' && 'hedged'].filter(Boolean).join(', ');
  return (
    <li>
      <a class="said" href={href(away(state, { id: article.id, sel: claim.id }))} aria-current={claim.id === state.sel ? 'true' : undefined}>
        <strong>{predicate === 'IMPACT' && isOutcome(value) ? <>impact, <Standing status={value} /></> : said(claim)}</strong>
        <span class="about">{subject.name}{object && <> → {object.name}</>}</span>
        <q>{quote}</q>
        <span class="about">{says}{says && ' – '}{[article.title ?? article.url ?? 'Untitled', article.publisher, day(assertedOn) || 'undated'].filter(Boolean).join(', ')}</span>
      </a>
    </li>
  );
}
