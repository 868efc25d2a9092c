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
    await page.locator('#detail').getByRole('link', { name: /chosen, choose again for all/ }).first().click();
    await page.locator('#detail').getByRole('link', { name: /chosen, choose again for all/ }).first().click();
    await expect(page.locator('#list li')).toHaveCount(all);
    await page.locator('#detail').getByRole('link', { name: /^Region: London/ }).click();
    await expect(page.locator('#list')).toContainText('Hackney');
  });

  test('nothing found, and a day before anything, are said', async ({ page }) => {
    await page.goto('/?q=zzzz');
    await expect(page.locator('#list-state')).toHaveText('Nothing for “zzzz”.');
    await page.goto('/?asOf=2001-01-01');
    await expect(page.locator('#list-state')).toHaveText('Nothing known on 1 January 2001.');
  });
});
