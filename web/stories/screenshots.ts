// Pictures of the main views for the README and the docs: wide and narrow, light and dark. make screenshots takes them.

import { type Page, test } from '@playwright/test';
import { found, placed } from './helpers';

const views: [name: string, see: (page: Page) => Promise<void>][] = [
  ['list', async (page) => { await page.goto('/'); await page.locator('.list a').first().waitFor(); }],
  ['claims', async (page) => {
    await page.goto('/?list=claims&predicate=IMPACT&predicate=SERVICE&value=COMPROMISED&value=DISRUPTED');
    await page.locator('.list a').first().waitFor();
    if (page.viewportSize()!.width < 800) return; // where the article takes the place of the list
    await page.locator('.list a').nth(1).click();
    await page.locator('.chosen-words').first().waitFor();
    await page.mouse.move(0, 0);
    await page.evaluate(() => scrollTo(0, 0));
  }],
  ['spread', async (page) => { await page.goto(`/?id=${await found(page, 'Westminster', 'INCIDENT')}`); await page.locator('.lanes').waitFor(); }],
  ['words', async (page) => { await page.goto(`/?id=${await found(page, 'Westminster', 'INCIDENT')}&asOf=2025-12-04&sel=council:hammersmith-and-fulham`); await page.locator('.chosen mark').first().waitFor(); }],
  ['what-if', async (page) => { await page.goto('/?id=council:westminster'); await page.locator('.picture').waitFor(); }],
  ['map', async (page) => { await page.goto('/?view=map'); await placed(page); }],
  ['article', async (page) => { await page.goto(`/?id=${await found(page, 'Leicester', 'ARTICLE')}`); await page.locator('.marked').waitFor(); }],
];

for (const scheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`${scheme} at ${width}`, async ({ browser, baseURL }) => {
      const context = await browser.newContext({ baseURL, colorScheme: scheme, viewport: { width, height: width === 390 ? 844 : 860 }, reducedMotion: 'reduce', locale: 'en-GB' });
      const page = await context.newPage();
      for (const [name, see] of views) {
        await see(page);
        await page.screenshot({ path: `../docs/explorer/${name}-${width}-${scheme}.png` });
      }
      await context.close();
    });
  }
}
