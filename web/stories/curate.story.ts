import { answer, found } from './helpers';
import { expect, test, token } from './story';

const text = `Torbay Council has confirmed that data was copied from its systems in a ransomware attack on 5 May 2021. Phone lines are down.
It has not been confirmed whether passports were taken.`;

test.describe('Load and curate', () => {
  test('a text is read, shown with its claims marked, and stored only then; an article can be retracted', async ({ page }) => {
    await page.goto('/?view=load');
    await page.getByLabel('Or paste the text').fill(text);
    await page.getByLabel('Published on').fill('2021-05-06');
    await page.getByRole('button', { name: 'Read it first' }).click(); // the field for the token is required
    await expect(page.locator('.reading')).toHaveCount(0);
    await page.getByLabel('Token').fill('wrong');
    await page.getByRole('button', { name: 'Read it first' }).click();
    await expect(page.getByRole('alert')).toContainText('That did not work');
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Read it first' }).click();
    const reading = page.locator('.reading');
    await expect(reading).toContainText('Ransomware at Torbay Council');
    await expect(reading.locator('.text mark').first()).toContainText('Torbay Council');
    await expect(reading).toContainText('impact, compromised: Torbay Council');
    await expect(reading.locator('.text .refused')).toContainText('It has not been confirmed');
    await expect(reading).toContainText('denied or asked, not said');
    await expect(reading).toContainText('6 May 2021');
    expect((await answer(page, '{ articles(filter: { text: "Torbay" }) { totalCount } }')).articles.totalCount).toBe(0);
    await page.getByRole('button', { name: 'Store it' }).click();
    await expect(page.locator('.done')).toContainText('Stored: 1 new.');
    await page.locator('.done a').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Torbay Council');

    await page.goto(`/?id=${await found(page, 'Torbay', 'ARTICLE')}`);
    await page.locator('.curate summary').click();
    await page.getByLabel('Why').fill('It was only a story');
    await page.getByLabel('Token').fill(token);
    await page.getByLabel('Your name').fill('A. Tester');
    await page.getByRole('button', { name: 'Retract' }).click();
    await expect(page.locator('.done')).toContainText('as if it had never been loaded');
    await page.getByRole('link', { name: 'All changes' }).click();
    await expect(page.locator('.changes > li').first()).toContainText('Took an article out');
    await expect(page.locator('.changes > li').first()).toContainText('It was only a story (A. Tester)');
  });

  test('files are dropped and read one by one; one that cannot be read says why', async ({ page }) => {
    await page.goto('/?view=load');
    const drop = await page.evaluateHandle((words) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([words], 'torbay.txt', { type: 'text/plain' }));
      transfer.items.add(new File([JSON.stringify({ title: 'In JSON', text: words, published_on: '2021-05-06' })], 'torbay.json'));
      transfer.items.add(new File([new Uint8Array([0, 1, 2, 3, 255, 254])], 'noise.bin'));
      return transfer;
    }, text);
    await page.dispatchEvent('.drop', 'dragover', { dataTransfer: drop });
    await page.dispatchEvent('.drop', 'drop', { dataTransfer: drop });
    await expect(page.locator('.drop')).toContainText('3 files: torbay.txt, torbay.json, noise.bin');
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Read it first' }).click();
    await expect(page.locator('.reading')).toHaveCount(3);
    await expect(page.locator('.reading').nth(0)).toContainText('undated');
    await expect(page.locator('.reading').nth(1).getByRole('heading').first()).toHaveText('In JSON');
    await expect(page.locator('.reading').nth(2)).toContainText('It cannot be read');
  });

  test('two incidents are said to be one, and that is taken back', async ({ page }) => {
    await page.goto(`/?id=${await found(page, 'Gloucester', 'INCIDENT')}`);
    await page.locator('.curate summary').click();
    await page.getByRole('combobox', { name: 'The other incident' }).fill('copeland');
    await page.locator('.choose').getByRole('option').first().click();
    await page.getByLabel('Why').fill('One gang, one weekend');
    await page.getByLabel('Token').fill(token);
    await page.getByLabel('Your name').fill('A. Tester');
    await page.getByRole('button', { name: 'They are one' }).click();
    await expect(page.locator('.done')).toContainText('Both are now');
    const news = page.locator('#news');
    await expect(news).toContainText('The graph has changed'); // by the subscription
    await news.getByRole('button').click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Copeland');
    await page.getByRole('button', { name: 'Take it back' }).click();
    await expect(page.locator('.done')).toHaveCount(0);
    await page.goto('/?view=changes');
    await expect(page.locator('.changes > li').nth(0)).toContainText('Took a judgement back');
    await expect(page.locator('.changes > li').nth(1)).toContainText('One gang, one weekend');
  });

  test('a judgement is taken back later, from the changes, with a reason', async ({ page }) => {
    const a = await found(page, 'Gloucester', 'INCIDENT'), b = await found(page, 'Copeland', 'INCIDENT');
    await answer(page, 'mutation($input: NotSameAsInput!) { notSameAs(input: $input) { revision } }', { input: { a, b, author: 'A. Tester', reason: 'Years apart' } }, token);
    await page.goto('/?view=changes');
    const first = page.locator('.changes > li').first();
    await expect(first).toContainText('Years apart');
    await first.getByText('Undo').click();
    await first.getByLabel('Why').fill('That was plain already');
    await first.getByLabel('Token').fill(token);
    await first.getByLabel('Your name').fill('B. Tester');
    await first.getByRole('button', { name: 'Take it back' }).click();
    await expect(first).toContainText('That was plain already');
    await expect(page.locator('.changes > li').nth(1)).toContainText('Years apart');
    await expect(page.locator('.changes > li').nth(1).getByText('Undo')).toHaveCount(0);
  });

  test('older changes are a page with an address, back and forward', async ({ page }) => {
    const a = await found(page, 'Gloucester', 'INCIDENT'), b = await found(page, 'Copeland', 'INCIDENT');
    const first = await answer(page, '{ changes(first: 1) { totalCount } }');
    for (let n = first.changes.totalCount; n <= 50; n += 2) {
      const { notSameAs } = await answer(page, 'mutation($input: NotSameAsInput!) { notSameAs(input: $input) { judgement { id } } }', { input: { a, b, author: 'A. Tester', reason: `The ${n}th` } }, token);
      await answer(page, 'mutation($input: RetractJudgementInput!) { retractJudgement(input: $input) { judgementId } }', { input: { id: notSameAs.judgement.id, author: 'A. Tester', reason: 'Not so' } }, token);
    }
    const { changes } = await answer(page, '{ changes(first: 51) { totalCount nodes { revision reason author } } }');
    await page.goto('/?view=changes');
    const items = page.locator('.changes > li');
    await expect(items).toHaveCount(50);
    await page.getByRole('link', { name: 'Older' }).click();
    await expect(page).toHaveURL(/view=changes&after=/);
    await expect(items).toHaveCount(changes.totalCount - 50);
    await expect(items.first()).toContainText(changes.nodes[50].reason);
    await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
    await page.reload();
    await expect(items.first()).toContainText(changes.nodes[50].reason);
    await page.goBack();
    await expect(items).toHaveCount(50);
    await page.goForward();
    await page.getByRole('link', { name: 'The newest' }).click();
    await expect(items).toHaveCount(50);
    await expect(page).toHaveURL(/\?view=changes$/);
  });
});
