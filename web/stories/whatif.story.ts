import { answer, placed } from './helpers';
import { expect, test, token } from './story';

test.describe('Ask what if', () => {
  test('whom a compromise here could reach, through what, by hops', async ({ page }) => {
    await page.goto('/?id=council:westminster');
    await expect(page.locator('#detail')).toContainText('4 councils through 3 arrangements, 4 of them at one hop');
    await expect(page.locator('svg.picture').getByLabel('Hampshire, exposed (Hampshire County Council)')).toBeVisible();
    await page.getByLabel('Look as far as').selectOption('1');
    await expect(page).toHaveURL(/hops=1/);
    await page.locator('details.as-list > summary').click();
    await expect(page.locator('.tree')).toContainText('through Hampshire Shared Services Partnership');
    await page.locator('svg.picture').getByLabel(/Oxfordshire County Council/).click();
    await page.locator('aside.chosen').getByRole('link', { name: 'Whom it could reach' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Oxfordshire County Council');
  });

  test('four hops fit the page at every width, and can be read', async ({ page }) => {
    const councils = ['Ipswich Borough Council', 'Norwich City Council', 'Lincoln City Council', 'Boston Borough Council', 'Torbay Council'];
    const articles = councils.slice(1).map((to, i) => ({ title: `Link ${i}`, text: `${councils[i]} was hit by a cyber attack on 3 March 2012. ${councils[i]} shares its IT service with ${to}.`, publisher: 'The One', publishedOn: '2012-03-04' }));
    const read = await answer(page, 'mutation($input: IngestArticlesInput!) { ingestArticles(input: $input) { results { articleId } } }', { input: { articles } }, token);
    try {
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        for (const hops of [1, 2, 3, 4]) {
          await page.goto(`/?id=council:ipswich&hops=${hops}`);
          await expect(page.locator('svg.picture a.node')).toHaveCount(hops + 1);
          expect(await page.locator('.wide').first().evaluate((frame) => frame.scrollWidth - frame.clientWidth), `${hops} hops at ${width}`).toBeLessThanOrEqual(0);
        }
        await expect(page.locator('svg.picture').getByLabel('Torbay, exposed (Torbay Council)')).toBeInViewport({ ratio: 0.1 });
        expect((await page.locator('svg.picture .name').allTextContents()).map((name) => name.trim())).toEqual(['Ipswich', 'Norwich', 'Lincoln', 'Boston', 'Torbay']);
        if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/hops-${width}.png` });
      }
    } finally {
      for (const { articleId } of read.ingestArticles.results) await answer(page, 'mutation($input: RetractArticleInput!) { retractArticle(input: $input) { revision } }', { input: { id: articleId, reason: 'the story is over' } }, token);
    }
  });

  test('a council that shares nothing says so', async ({ page }) => {
    await page.goto('/?id=council:leicester');
    await expect(page.locator('#detail')).toContainText('No shared arrangement is known');
    await expect(page.locator('#detail')).toContainText('Ransomware at Leicester City Council');
  });

  test('the map of arrangements can be moved by keyboard, and says the same as a list', async ({ page }) => {
    await page.goto('/?view=map');
    await placed(page);
    const canvas = page.locator('.map canvas');
    const look = () => canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL());
    const before = await look();
    await canvas.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('+');
    await expect.poll(look).not.toBe(before);
    await page.keyboard.press('0');
    await page.getByText('Hampshire Shared Services Partnership (').click();
    await expect(page.locator('.names:visible')).toContainText('Oxfordshire County Council');
    await page.goto('/?view=map&sel=council:westminster');
    await expect(page.locator('aside.chosen')).toContainText(/Shares \d arrangements with 4 councils/);
  });
});
