import { answer } from './helpers';
import { expect, test, token } from './story';

test.describe('The playground', () => {
  test('examples are tabs, the schema has its docs, and queries run', async ({ page }) => {
    await page.goto('/playground');
    await expect.poll(() => page.getByRole('tab').count()).toBeGreaterThan(10);
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer').getByRole('link', { name: 'Query', exact: true }).click();
    await expect(page.locator('.graphiql-doc-explorer')).toContainText('What can be asked');
    await page.goto('/playground?query=' + encodeURIComponent('query Mine { info { store } }'));
    await page.getByRole('button', { name: 'Execute query' }).click();
    await expect(page.locator('.result-window')).toContainText('"store"');
  });

  test('subscriptions work', async ({ page }) => {
    await page.goto('/playground?query=' + encodeURIComponent('subscription Watch { graphChanged { revision } }'));
    await page.getByRole('button', { name: 'Execute query' }).click();
    await page.getByRole('button', { name: 'Stop query' }).waitFor();
    await page.waitForTimeout(500); // until the socket is open: nothing on the page says so
    const read = await answer(page, 'mutation($input: IngestArticlesInput!) { ingestArticles(input: $input) { results { articleId } } }', { input: { articles: [{ text: 'Exeter City Council was hit by a ransomware attack.', title: 'A story' }] } }, token);
    await expect(page.locator('.result-window')).toContainText('"revision"');
    await answer(page, 'mutation($input: RetractArticleInput!) { retractArticle(input: $input) { revision } }', { input: { id: read.ingestArticles.results[0].articleId, reason: 'the story is over' } }, token);
    await page.getByRole('button', { name: 'Stop query' }).click();
  });
});
