// What the stories have in common.

import { type Page, expect } from '@playwright/test';

// answer asks the API directly.
export async function answer(page: Page, query: string, variables: object = {}, token = ''): Promise<any> {
  const response = await page.request.post('/graphql', { data: { query, variables }, headers: token ? { Authorization: `Bearer ${token}` } : {} });
  const { data, errors } = await response.json();
  expect(errors, JSON.stringify(errors)).toBeUndefined();
  return data;
}

// found is the id of the first thing or article that words find.
export async function found(page: Page, text: string, kind: string): Promise<string> {
  if (kind === 'ARTICLE') return (await answer(page, 'query($text: String!) { articles(first: 1, filter: { text: $text }) { nodes { id } } }', { text })).articles.nodes[0].id;
  return (await answer(page, 'query($text: String!, $kinds: [EntityKind!]) { search(first: 1, text: $text, kinds: $kinds) { nodes { id } } }', { text, kinds: [kind] })).search.nodes[0].id;
}

// placed waits until the map stands still.
export async function placed(page: Page): Promise<void> {
  await page.locator('.map canvas[data-placed]').waitFor({ timeout: 30_000 });
}
