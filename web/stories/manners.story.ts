import AxeBuilder from '@axe-core/playwright';
import { found, placed } from './helpers';
import { expect, test } from './story';

// The rules that axe has on by itself, and the one for WCAG 2.2 that it leaves out where it is not asked for.
const rules = { rules: { 'target-size': { enabled: true } } };

test.describe('Good manners', () => {
  for (const width of [1280, 390]) {
    test(`axe finds nothing on any view, light or dark, at ${width}`, async ({ page }) => {
      test.setTimeout(900_000);
      await page.setViewportSize({ width, height: 844 });
      const incident = await found(page, 'Westminster', 'INCIDENT');
      const views = {
        list: '/', narrowed: '/?kind=RANSOMWARE&kind=DATA_THEFT&council=council:hackney&council=council:westminster&year=2020-2025',
        councils: '/?list=councils&region=LONDON&region=SOUTH_EAST&gss=E09000033&gss=E09000012&order=NAME_DESC', claims: '/?list=claims&predicate=IMPACT&predicate=SERVICE&value=DISRUPTED', articles: '/?list=articles', results: '/?q=westminster', nothing: '/?q=zzzz',
        incident: `/?id=${incident}`, then: `/?id=${incident}&asOf=2025-12-04&sel=council:hammersmith-and-fulham`,
        many: `/?id=${await found(page, 'Glasgow', 'INCIDENT')}`, council: '/?id=council:westminster', agency: '/?id=agency:ncsc', arrangement: `/?id=${await found(page, 'Hampshire Shared', 'SHARED_ARRANGEMENT')}`,
        article: `/?id=${await found(page, 'Leicester', 'ARTICLE')}`, absent: '/?id=incident:none',
        map: '/?view=map&sel=council:westminster', path: '/?view=path&from=council:westminster&to=council:oxfordshire', load: '/?view=load', changes: '/?view=changes',
      };
      for (const [name, address] of Object.entries(views)) {
        await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
        await page.goto(address);
        await page.waitForLoadState('networkidle');
        if (name === 'map') await placed(page);
        await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
        await page.waitForLoadState('networkidle');
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          const { violations } = await new AxeBuilder({ page }).options(rules).analyze();
          expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' | ')}`), `${name}, ${colorScheme}, ${width}`).toEqual([]);
        }
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect.soft(over, `${name} is wider than ${width}`).toBeLessThanOrEqual(0);
      }
    });
  }

  test('loading and failure are said, and can be tried again', async ({ page }) => {
    let fail = true;
    await page.route('**/graphql', async (route) => {
      if (!fail) return route.continue();
      await new Promise((resolve) => setTimeout(resolve, 300));
      return route.fulfill({ status: 200, json: { errors: [{ message: 'the database is away', extensions: { code: 'UNAVAILABLE' } }] } });
    });
    await page.goto('/?id=council:leicester');
    await expect(page.getByText('Loading what is known …')).toBeVisible();
    await expect(page.locator('#detail').getByRole('alert')).toContainText('the database is away');
    fail = false;
    await page.locator('#detail').getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Leicester City Council');
  });

  test('on a narrow screen the list leads to the detail and back', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/');
    await page.locator('#list a').first().click();
    await expect(page.locator('#list')).toBeHidden();
    await expect(page.locator('svg.picture')).toBeVisible();
    await page.getByRole('link', { name: 'All incidents' }).click();
    await expect(page.locator('#list')).toBeVisible();
  });

  test('who asked for less motion gets none', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`/?id=${await found(page, 'Westminster', 'INCIDENT')}`);
    await expect(page.locator('svg.picture .node').first()).toHaveCSS('transition-duration', '0s');
  });
});

test('the first view is light and paints at once', async ({ page }) => {
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (request.url().includes('/static/built/')) sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  const paints: number[] = [];
  for (let i = 0; i < 3; i++) {
    await page.goto('/', { waitUntil: 'networkidle' });
    paints.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]!.startTime));
  }
  const paint = Math.round(Math.min(...paints)) /* whatever else this machine does meanwhile */, bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0), kB = Math.round(bytes / paints.length / 100) / 10;
  console.log(`MEASURED the first view is ${kB} kB compressed, and is painted after ${paint} ms`);
  expect(kB).toBeLessThan(300);
  expect(paint).toBeLessThan(1000);
});
