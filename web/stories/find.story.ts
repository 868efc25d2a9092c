import { expect, test } from './story';

test.describe('Find', () => {
  test('what one types is found at once, in all kinds and in the texts, with the words marked', async ({ page }) => {
    await page.goto('/');
    await page.locator('#list a').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('westmin');
    await expect(page.locator('#list a').first()).toContainText('Westminster');
    await expect(page).toHaveURL(/\?q=westmin$/);
    await expect(page.locator('#list mark').first()).toHaveText(/^westmin$/i);
    await expect(page.locator('#list')).toContainText('Council');
    await expect(page.locator('#list')).toContainText('Article,');
    await expect(page.locator('#list .snippet mark').first()).toHaveText(/^westmin$/i);
  });

  test('the keyboard is enough to find and open', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('hackney');
    await expect(page.locator('#list-state')).toContainText('for “hackney”');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await expect(page.locator('#list a').first()).toBeFocused();
    const name = await page.locator('#list strong').first().innerText();
    await page.keyboard.press('Enter');
    await expect(page.locator('#detail').getByRole('heading', { level: 1 })).toHaveText(name);
    await expect(page.locator('#detail')).toBeFocused();
  });

  test('charts narrow the list, and widen it again', async ({ page }) => {
    await page.goto('/');
    await page.locator('#list li').first().waitFor();
    const all = await page.locator('#list li').count();
    expect(all).toBeGreaterThanOrEqual(12);
    await page.locator('#detail').getByRole('link', { name: /^Kind: Ransomware/ }).click();
    await expect(page).toHaveURL(/kind=RANSOMWARE/);
    await expect(page.locator('#list li')).toHaveCount(6);
    await page.locator('#detail').getByRole('link', { name: /^Year: 2024/ }).click();
    await expect(page.locator('#list li')).toHaveCount(1);
    await page.locator('#detail').getByRole('link', { name: /chosen, choose again to leave it out/ }).first().click();
    await page.locator('#detail').getByRole('link', { name: /chosen, choose again to leave it out/ }).first().click();
    await expect(page.locator('#list li')).toHaveCount(all);
    await page.locator('#detail').getByRole('link', { name: /^Region: London/ }).click();
    await expect(page.locator('#list')).toContainText('Hackney');
  });

  test('a list is narrowed by all that the API filters by, each clearable, and back and forward work', async ({ page }) => {
    await page.goto('/');
    const rows = page.locator('#list li');
    await rows.first().waitFor();
    const all = await rows.count();
    await page.locator('.filters > summary').click();
    await page.getByRole('combobox', { name: 'Council', exact: true }).fill('westminster');
    await page.getByRole('option', { name: 'Westminster City Council' }).click();
    await expect(page).toHaveURL(/council=council%3Awestminster/);
    await expect(rows).toHaveCount(1);
    await page.getByText('Nation: any').click();
    await page.getByRole('checkbox', { name: 'England' }).check();
    await page.getByLabel('Since', { exact: true }).fill('2026-02-01');
    await expect(page.locator('#list-state')).toHaveText('Nothing.');
    await page.getByRole('link', { name: 'Clear Since: 1 February 2026' }).click();
    await expect(rows).toHaveCount(1);
    await page.goBack();
    await expect(page.locator('#list-state')).toHaveText('Nothing.');
    await page.goForward();
    await page.reload();
    await expect(page.getByRole('link', { name: 'Clear Council: Westminster City Council' })).toBeVisible();
    await page.getByRole('link', { name: 'Clear all' }).click();
    await expect(rows).toHaveCount(all);
  });

  test('councils and others have lists, filters and rows in the address', async ({ page }) => {
    await page.goto('/');
    await page.getByLabel('Which list').selectOption('Councils');
    await expect(page.locator('#list-state')).toHaveText(/^The first 50 of \d+/);
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByRole('button', { name: 'Show more' }).click();
    const rows = page.locator('#list li');
    await expect(rows).toHaveCount(150);
    await expect(page).toHaveURL(/rows=150/);
    const last = await rows.nth(149).innerText();
    await page.reload();
    await expect(rows).toHaveCount(150);
    expect(await rows.nth(149).innerText()).toBe(last);
    await rows.nth(149).getByRole('link').click();
    await expect(page.locator('#detail').getByRole('heading', { level: 1 })).toBeVisible();
    await page.goBack();
    await expect(rows).toHaveCount(150);
    await page.locator('.filters > summary').click();
    await page.getByText('Type: any').click();
    await page.getByRole('checkbox', { name: 'London Borough' }).check();
    await expect(rows).toHaveCount(32);
    for (const list of ['Shared arrangements', 'Threat actors', 'Agencies', 'Officials', 'Articles', 'Claims']) {
      await page.getByLabel('Which list').selectOption(list);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(list);
      await expect(rows.first()).toBeVisible();
    }
  });

  test('nothing found, and a day before anything, are said', async ({ page }) => {
    await page.goto('/?q=zzzz');
    await expect(page.locator('#list-state')).toHaveText('Nothing for “zzzz”.');
    await page.goto('/?asOf=2001-01-01');
    await expect(page.locator('#list-state')).toHaveText('Nothing known on 1 January 2001.');
  });
});
