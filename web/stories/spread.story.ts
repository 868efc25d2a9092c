import { answer, found } from './helpers';
import { expect, test, token } from './story';

test.describe('See the spread', () => {
  test('an incident opens on its spread by hops, readable without colour', async ({ page }) => {
    await page.goto(`/?id=${await found(page, 'Westminster', 'INCIDENT')}`);
    const picture = page.locator('svg.picture');
    await expect(picture.getByLabel(/^Westminster, compromised, 2 Jan 2026/)).toBeVisible();
    await expect(picture.getByLabel(/unaffected, 4 Dec 2025 \(London Borough of Hammersmith and Fulham\)$/)).toBeVisible();
    await expect(picture.getByLabel('Hampshire, unreported (Hampshire County Council)')).toBeVisible();
    await expect(picture.getByLabel('Hampshire Shared Services Partnership, shared')).toBeVisible();
    await expect(picture.locator('.road-line.undirected').first()).toBeAttached();
    // The columns go by distance.
    const left = async (name: RegExp) => (await picture.getByLabel(name).boundingBox())!.x;
    expect(await left(/^Westminster, /)).toBeLessThan(await left(/Partnership, shared/));
    expect(await left(/Partnership, shared/)).toBeLessThan(await left(/^Hampshire, /));
  });

  test('the nested list has the councils of the picture', async ({ page }) => {
    for (const text of ['Westminster', 'Glasgow', 'Adur']) {
      await page.goto(`/?id=${await found(page, text, 'INCIDENT')}`);
      await page.locator('details.as-list > summary').click();
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
      const tree = await page.locator('.tree').innerText();
      const names = await page.locator('svg.picture a.node:not(.more)').evaluateAll((nodes) => nodes.map((node) => /\((.*)\)$/.exec(node.getAttribute('aria-label')!)![1]!));
      expect(names.length).toBeGreaterThan(4);
      for (const name of names) expect(tree).toContain(name);
    }
  });

  test('a node, a line and a mark show the sentences in their context', async ({ page }) => {
    await page.goto(`/?id=${await found(page, 'Westminster', 'INCIDENT')}`);
    const picture = page.locator('svg.picture'), chosen = page.locator('aside.chosen');
    await picture.getByLabel(/Hammersmith and Fulham\)$/).focus();
    await page.keyboard.press('Enter');
    await expect(chosen.getByRole('heading')).toContainText('London Borough of Hammersmith and Fulham');
    await expect(chosen.locator('mark').first()).toBeVisible();
    await expect(chosen.locator('.context').first()).not.toBeEmpty();
    await expect(chosen.locator('figcaption').first()).toContainText(/\d{1,2} \w+ 202\d$/);
    await expect(page).toHaveURL(/sel=council%3Ahammersmith-and-fulham/);
    await picture.getByLabel(/Partnership, shared/).click();
    await expect(chosen.getByRole('heading')).toContainText('Hampshire Shared Services Partnership');
    await picture.locator('.road.unreported').first().dispatchEvent('click');
    await expect(chosen).toContainText('Nobody has said anything of it');
    await page.locator('.lanes .mark').first().click();
    await expect(page.locator('.sentence blockquote mark')).toBeVisible();
    await page.locator('.sentence figcaption a').click();
    await expect(page.locator('.text .chosen-words').first()).toBeInViewport();
    await page.goBack();
    await expect(page.locator('.sentence blockquote mark')).toBeVisible();
  });

  test('the slider and play move picture and lanes through what was known when', async ({ page }) => {
    await page.goto(`/?id=${await found(page, 'Westminster', 'INCIDENT')}`);
    const says = page.locator('#moment-says');
    await expect(says).toContainText('2 January 2026, the last report');
    await expect(says).toContainText('Royal Borough of Kensington and Chelsea is also reported disrupted; it still stands as compromised');
    await expect(page.locator('.history').filter({ hasText: '4 December 2025' }).first()).toHaveText(/^Reported ◆ ?disrupted 26 November 2025then ■ ?compromised 4 December 2025then ◆ ?disrupted 2 January 2026$/);
    await page.getByRole('slider').focus();
    await page.keyboard.press('ArrowLeft');
    await expect(page).toHaveURL(/asOf=2025-12-04/);
    await expect(says).toContainText('4 December 2025, report day 2 of 3');
    await expect(says).toContainText('London Borough of Hammersmith and Fulham is reported unaffected; until then it was reported suspected');
    await expect(page.locator('svg.picture').getByLabel(/^Westminster, disrupted, 26 Nov 2025/)).toBeVisible();
    await expect(page.locator('.lanes .mark[data-later]').first()).toBeAttached();
    await page.getByRole('button', { name: 'Play from the first day' }).click();
    await expect(says).toContainText('26 November 2025, report day 1 of 3');
    await expect(says).toContainText('2 January 2026, the last report', { timeout: 10_000 });
    await expect(page.getByRole('button', { name: 'Play from the first day' })).toBeVisible();
  });

  test('a name that is cut is shown whole to who points at it or moves to it by the keyboard', async ({ page }) => {
    await page.goto(`/?id=${await found(page, 'Westminster', 'INCIDENT')}`);
    const joint = page.locator('svg.picture a.joint', { hasText: '…' }).first(), whole = page.locator('svg.picture .whole');
    const name = 'IT services bought jointly by Westminster, Kensington and Chelsea, and Hammersmith and Fulham';
    await expect(joint.locator('title')).toContainText(name);
    await expect(whole).toHaveCount(0);
    await joint.focus();
    await expect(whole).toHaveText(name);
    await page.keyboard.press('Escape');
    await expect(whole).toHaveCount(0);
    await joint.hover();
    await expect(whole).toHaveText(name);
    await page.getByText('The same as a list').click();
    await expect(page.locator('.tree').getByRole('link', { name }).first()).toBeVisible();
  });

  test('neighbours open in the picture and in the list', async ({ page }) => {
    await page.goto(`/?id=${await found(page, 'Canterbury', 'INCIDENT')}`);
    await page.locator('svg.picture a.node').first().waitFor();
    await page.goto(`/?id=${await found(page, 'Westminster', 'INCIDENT')}&sel=council:hammersmith-and-fulham`);
    const before = await page.locator('svg.picture a').count();
    await page.locator('aside.chosen').getByRole('link', { name: 'Show its neighbours' }).click();
    await expect(page).toHaveURL(/open=council/);
    await page.getByRole('link', { name: 'Fold up what was opened' }).waitFor();
    expect(await page.locator('svg.picture a').count()).toBeGreaterThanOrEqual(before);
    await page.goto(`/?id=${await found(page, 'Glasgow', 'INCIDENT')}`);
    const more = page.locator('svg.picture a.more').first();
    const says = await more.getAttribute('aria-label');
    const few = await page.locator('svg.picture a.node').count();
    await more.click();
    await expect.poll(() => page.locator('svg.picture a.node').count()).toBeGreaterThan(few + Number(says!.match(/^\d+/)![0]) - 2);
  });

  test('where sources disagree, both sides are shown', async ({ page }) => {
    const articles = [
      { title: 'Ipswich hit', text: 'Norwich City Council and Ipswich Borough Council were hit by a ransomware attack on 3 March 2022. Data was stolen from Ipswich Borough Council.', publisher: 'The One', publishedOn: '2022-03-04' },
      { title: 'Ipswich clear', text: 'Norwich City Council was hit by a ransomware attack on 3 March 2022. Ipswich Borough Council was not hit, it has said.', publisher: 'The Other', publishedOn: '2022-03-20' },
    ];
    const read = await answer(page, 'mutation($input: IngestArticlesInput!) { ingestArticles(input: $input) { results { articleId } } }', { input: { articles } }, token);
    try {
      await page.goto(`/?id=${await found(page, 'Ipswich', 'INCIDENT')}`);
      await expect(page.locator('.warning')).toContainText('Sources disagree about 1 council: Ipswich Borough Council');
      await page.locator('.warning a').click();
      const sides = page.locator('aside.chosen').getByRole('group', { name: 'Sources disagree' });
      await expect(sides).toContainText('compromised');
      await expect(sides).toContainText('unaffected');
      await expect(sides.locator('figure')).not.toHaveCount(0);
    } finally {
      for (const { articleId } of read.ingestArticles.results) await answer(page, 'mutation($input: RetractArticleInput!) { retractArticle(input: $input) { revision } }', { input: { id: articleId, reason: 'the story is over' } }, token);
    }
  });

  test('the path between two councils, with the words', async ({ page }) => {
    await page.goto('/?view=path');
    const from = page.getByRole('combobox', { name: 'From' }), to = page.getByRole('combobox', { name: 'To' });
    await from.fill('westminster city');
    await page.getByRole('option', { name: 'Westminster City Council' }).waitFor();
    await from.press('ArrowDown');
    await from.press('Enter');
    await to.fill('oxfordshire');
    await page.getByRole('option', { name: 'Oxfordshire County Council' }).click();
    await expect(page.locator('.path .end')).toHaveText([/Westminster City Council/, /Hampshire Shared Services Partnership/, /Oxfordshire County Council/]);
    await page.locator('.path summary').first().click();
    await expect(page.locator('.path blockquote').first()).toBeVisible();
    await expect(page).toHaveURL(/from=council%3Awestminster&to=council%3Aoxfordshire/);
  });
});
