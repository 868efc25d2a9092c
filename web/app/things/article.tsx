// An article, with its claims and refusals marked in the text.

import { type State, away, href } from '../address';
import { Retract } from '../curate/retract';
import type { ArticleQuery } from '../operations.gen';
import { Link, Section } from '../parts';
import { day, listed } from '../words';
import { Marked, MarkKey } from './marked';

export type Article = Extract<ArticleQuery['node'], { __typename: 'Article' }>;

export function ArticleView({ node, state }: { node: Article; state: State }) {
  const { claims, incidents } = node;
  return (
    <>
      <h1>{node.title ?? 'An article without a title'}</h1>
      <p class="about">{[node.publisher, node.publishedOn ? day(node.publishedOn) : 'undated', node.byline.length > 0 && `by ${listed(node.byline)}`].filter(Boolean).join(', ')}</p>
      {node.url && <p><Link href={node.url}>The article where it was published</Link></p>}
      {node.author && <p class="about">A claim made by hand by {node.author}: {node.reason}</p>}
      {incidents.length > 0 && <p>Reports {incidents.map(({ id, name }, i) => <>{i > 0 && ', '}<a href={href(away(state, { id }))}>{name}</a></>)}</p>}
      <Section title="What it says">
        <MarkKey />
        <Marked text={node.text} claims={claims.nodes} refusals={node.refusals} chosen={state.sel} to={(id) => href(away(state, { id }))} select={(sel) => href({ ...state, sel })} />
        {claims.totalCount > claims.nodes.length && <p class="hint">{claims.nodes.length} of its {claims.totalCount} claims are marked. <a href={href({ list: 'claims', article: [node.id], asOf: state.asOf })}>All of them</a></p>}
      </Section>
      {node.origin === 'ARTICLE' && <Retract id={node.id} claims={claims.nodes} state={state} />}
    </>
  );
}
