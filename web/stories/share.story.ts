import { readFileSync } from 'node:fs';
import { found } from './helpers';
import { expect, test } from './story';

test.describe('Share', () => {
  test('the address has all that is seen, and back and forward work', async ({ page, context }) => {
    await page.goto('/');
    await page.locator('#list a', { hasText: 'Westminster' }).first().click();
    await page.getByRole('slider').waitFor();
    await page.getByRole('slider').focus();
    await page.keyboard.press('ArrowLeft');
    await expect(page.locator('#moment-says')).toContainText('report day 2 of 3');
    await page.locator('svg.picture').getByLabel(/^Hampshire, /).click();
    await expect(page.locator('aside.chosen')).toContainText('Hampshire County Council');
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(other.locator('aside.chosen')).toContainText('Hampshire County Council');
    await expect(other.locator('#moment-says')).toContainText('report day 2 of 3');
    await other.close();
    await page.goBack();
    await expect(page.locator('aside.chosen')).toHaveCount(0);
    await page.goBack();
    await expect(page.locator('#moment-says')).toContainText('the last report');
    await page.goBack();
    await expect(page.locator('#detail')).toContainText('Choose an incident');
    await page.goForward();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Westminster');
  });

  test('a picture, a table and the data can be kept', async ({ page }) => {
    await page.goto(`/?id=${await found(page, 'Westminster', 'INCIDENT')}`);
    const kept = async (what: string) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.keep').getByRole('button', { name: what }).click()]);
      expect(download.suggestedFilename()).toMatch(new RegExp(`^data-theft-at-kensington.*\\.${what.toLowerCase()}$`));
      return readFileSync((await download.path())!);
    };
    const picture = (await kept('SVG')).toString();
    expect(picture).toMatch(/^<svg .*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(picture).toContain('Hammersmith and Fulham');
    expect(picture).toMatch(/transform="matrix\(/);
    expect((await kept('PNG')).subarray(1, 4).toString()).toBe('PNG');
    const rows = (await kept('CSV')).toString().split('\r\n');
    expect(rows[0]).toBe('distance,from,through,to,standing,reported on,quotes');
    expect(rows.length).toBe(7 + 2);
    expect(JSON.parse((await kept('JSON')).toString()).spread.hops).toHaveLength(7);
  });

  test('what is seen opens as a query in the playground', async ({ page }) => {
    await page.goto(`/?id=${await found(page, 'Westminster', 'INCIDENT')}&asOf=2025-12-04`);
    await page.getByRole('link', { name: 'Open this as a query in the playground' }).click();
    await expect(page.locator('.graphiql-query-editor')).toContainText('@asOf(date: "2025-12-04")');
    await page.getByRole('button', { name: 'Execute query' }).click();
    await expect(page.locator('.result-window')).toContainText('"lastReportedOn": "2025-12-04"');
  });
});
