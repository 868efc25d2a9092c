import type { Locator, Page } from '@playwright/test';
import { answer, found } from './helpers';
import { expect, test } from './story';

const rows = (page: Page) => page.locator('#list li');
const chips = (page: Page) => page.locator('.chips a');

test.describe('Find with filters', () => {
  test('a filter takes several values, each in the address and each clearable by the keyboard', async ({ page }) => {
    await page.goto('/?kind=RANSOMWARE'); // as addresses were when a filter took one
    await expect(rows(page)).toHaveCount(6);
    await page.locator('.filters > summary').click();
    await page.getByText('Kind: 1 of 5').click();
    await page.getByRole('checkbox', { name: 'Data theft' }).focus();
    await page.keyboard.press('Space');
    await expect(page).toHaveURL(/\?kind=RANSOMWARE&kind=DATA_THEFT$/);
    await expect(page.getByText('Kind: 2 of 5')).toBeVisible();
    const both = (await answer(page, '{ incidents(filter: { kind: [RANSOMWARE, DATA_THEFT] }) { totalCount } }')).incidents.totalCount;
    await expect(rows(page)).toHaveCount(both);

    const council = page.getByRole('combobox', { name: 'Council', exact: true });
    for (const [typed, name] of [['leicester', 'Leicester City Council'], ['westminster', 'Westminster City Council']] as const) {
      await council.fill(typed);
      await expect(page.getByRole('option', { name })).toBeVisible();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('link', { name: `Clear Council: ${name}` })).toBeVisible();
      await expect(council).toHaveValue('');
    }
    await expect(page).toHaveURL(/council=council%3Aleicester&council=council%3Awestminster/);
    await expect(rows(page)).toHaveCount(2);
    await page.goBack();
    await expect(rows(page)).toHaveCount(1);
    await page.goForward();
    await page.reload();
    await expect(rows(page)).toHaveCount(2);

    await expect(chips(page)).toHaveText(['Kind: Ransomware ×', 'Kind: Data theft ×', 'Council: Leicester City Council ×', 'Council: Westminster City Council ×', 'Clear all']);
    await chips(page).nth(1).focus();
    await page.keyboard.press('Enter');
    await expect(chips(page)).toHaveCount(4);
    await expect(chips(page).nth(1)).toBeFocused(); // the one after it
    await expect(page).not.toHaveURL(/DATA_THEFT/);
    await chips(page).last().focus();
    await page.keyboard.press('Enter');
    await expect(chips(page)).toHaveCount(0);
    await expect(page.locator('.filters > summary')).toBeFocused();
    await expect(page).toHaveURL(/\/$/);
  });

  test('what one types in a filter stays while rows and counts arrive', async ({ page }) => {
    let arrive!: () => void;
    const arrival = new Promise<void>((resolve) => (arrive = resolve));
    await page.route('**/graphql', async (route) => {
      await arrival;
      await route.continue();
    });
    await page.goto('/?kind=RANSOMWARE');
    await page.locator('.filters > summary').click();
    const name = page.locator('.filters').getByLabel('Name has');
    await name.pressSequentially('gloucester');
    arrive();
    await expect(rows(page)).toHaveCount(6);
    await expect(page.locator('.chart')).not.toHaveCount(0);
    await expect(name).toHaveValue('gloucester');
    await name.press('Enter');
    await expect(page).toHaveURL(/kind=RANSOMWARE&name=gloucester/);
    await expect(rows(page)).toHaveCount(1);
    await page.goBack();
    await expect(name).toHaveValue('');
  });

  test('what is offered late is not shown to those who have gone on', async ({ page }) => {
    await page.goto('/');
    await page.locator('.filters > summary').click();
    const council = page.getByRole('combobox', { name: 'Council', exact: true });
    await expect(rows(page)).not.toHaveCount(0);
    let arrive!: () => void;
    const arrival = new Promise<void>((resolve) => (arrive = resolve));
    await page.route('**/graphql', async (route) => {
      await arrival;
      await route.continue();
    });
    const offered = page.waitForResponse('**/graphql');
    await council.fill('leicester');
    await page.keyboard.press('Tab');
    await page.waitForTimeout(300); // offers that are there go a little after the focus does
    arrive();
    await (await offered).finished();
    await page.waitForTimeout(300); // for what must not come
    await expect(council).toHaveAttribute('aria-expanded', 'false');
    await council.fill('westminster');
    await expect(council).toHaveAttribute('aria-expanded', 'true');
  });

  test('values that are typed are taken one by one: councils by their GSS codes', async ({ page }) => {
    await page.goto('/?list=councils');
    await page.locator('.filters > summary').click();
    await page.locator('.filters').getByLabel('GSS code').fill('e09000033');
    await page.keyboard.press('Enter');
    await expect(rows(page)).toHaveCount(1);
    await page.locator('.filters').getByLabel('GSS code').fill('E09000012');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/gss=E09000033&gss=E09000012/);
    await expect(rows(page)).toHaveText([/Hackney/, /Westminster/]);
    await page.getByRole('link', { name: 'Clear GSS code: E09000033' }).click();
    await expect(rows(page)).toHaveText([/Hackney/]);
  });

  test('addresses from before a filter had its own name still work', async ({ page }) => {
    await page.goto('/?list=officials&council=council:westminster');
    await expect(page.getByRole('link', { name: 'Clear Council or agency: Westminster City Council' })).toBeVisible();
    await page.goto('/?list=articles&council=council:westminster');
    await expect(page.getByRole('link', { name: 'Clear About: Westminster City Council' })).toBeVisible();
    await page.goto('/?year=2024&kind=RANSOMWARE');
    await expect(rows(page)).toHaveCount(1);
  });

  test('bars of the charts put values on and off, and show what others would add', async ({ page }) => {
    await page.goto('/');
    const bar = (name: RegExp) => page.locator('#detail').getByRole('link', { name });
    await bar(/^Kind: Ransomware/).click();
    await expect(rows(page)).toHaveCount(6);
    await bar(/^Kind: Data theft\D*\d+ incidents?$/).click();
    await expect(page).toHaveURL(/kind=RANSOMWARE&kind=DATA_THEFT/);
    await expect(chips(page)).toHaveCount(3);
    await bar(/^Kind: Ransomware.*chosen/).click();
    await expect(page).toHaveURL(/\?kind=DATA_THEFT$/);
    await page.goBack();
    await page.goBack();
    await expect(page).toHaveURL(/\?kind=RANSOMWARE$/);

    await page.goto('/');
    await bar(/^Year: 2024/).click();
    await bar(/^Year: 2022|^Year: 2021|^Year: 2020/).first().click();
    await expect(page).toHaveURL(/year=202[0-2]-2024/);
    await expect(page.getByRole('link', { name: /^Clear Year: 202[0-2] to 2024/ })).toBeVisible(); // and the years between them
    await bar(/^Year: 2024.*chosen/).click();
    await expect(page).toHaveURL(/year=202\d-2023/);

    await page.goto('/?impact=SUSPECTED&impact=DISRUPTED&region=LONDON&region=NORTH_WEST');
    const { totalCount } = (await answer(page, '{ incidents(filter: { impact: [SUSPECTED, DISRUPTED], region: [LONDON, NORTH_WEST] }) { totalCount } }')).incidents;
    await expect(rows(page)).toHaveCount(totalCount);
    await expect(bar(/^A council is: .*chosen/)).toHaveCount(2);
    await expect(bar(/^Region: .*chosen/)).toHaveCount(2);
    await bar(/^Region: London.*chosen/).click();
    await expect(page).not.toHaveURL(/LONDON/);
  });

  test('a list goes by any order that the API knows, in the address', async ({ page }) => {
    await page.goto('/');
    const order = page.getByLabel('Order');
    const names = () => page.locator('#list strong').allInnerTexts();
    const asked = async (orderBy: string) => (await answer(page, `{ incidents(first: 50, orderBy: ${orderBy}) { nodes { name } } }`)).incidents.nodes.map(({ name }: { name: string }) => name);
    await rows(page).first().waitFor();
    await expect(order).toHaveValue('DATE_DESC');
    await expect.poll(names).toEqual(await asked('DATE_DESC'));
    await order.selectOption('Earliest first');
    await expect(page).toHaveURL(/order=DATE_ASC/);
    await expect.poll(names).toEqual(await asked('DATE_ASC'));
    await order.selectOption('By name, backwards');
    await expect.poll(names).toEqual(await asked('NAME_DESC'));
    await page.goBack();
    await expect.poll(names).toEqual(await asked('DATE_ASC'));
    await page.goForward();
    await page.reload();
    await expect(order).toHaveValue('NAME_DESC');
    await expect.poll(names).toEqual(await asked('NAME_DESC'));
    await order.selectOption('Latest first');
    await expect(page).toHaveURL(/\/$/);
  });

  test('claims have a list of their own, each with its words, its article, the publisher and the day', async ({ page }) => {
    await page.goto('/');
    await page.getByLabel('Which list').selectOption('Claims');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Claims');
    await page.locator('.filters > summary').click();
    await page.getByText('Kind of claim: any').click();
    await page.getByRole('checkbox', { name: 'Impact' }).check();
    await page.getByLabel('Says (whole value)').fill('unaffected');
    await page.keyboard.press('Enter');
    await page.getByLabel('Says (whole value)').fill('suspected');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/value=UNAFFECTED&value=SUSPECTED/);
    await page.getByRole('combobox', { name: 'From or to' }).fill('hammersmith');
    await page.getByRole('option', { name: 'London Borough of Hammersmith and Fulham' }).click();
    const { claims } = await answer(page, `{ claims(filter: { predicate: [IMPACT], value: ["UNAFFECTED", "SUSPECTED"], about: "council:hammersmith-and-fulham" }) {
      nodes { value quote assertedOn article { title publisher } } } }`);
    await expect(rows(page)).toHaveCount(claims.nodes.length);
    const on = (date: string) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));
    for (const [i, { value, quote, assertedOn, article }] of claims.nodes.entries()) {
      for (const part of [value.toLowerCase(), quote, article.title, article.publisher, on(assertedOn)]) await expect(rows(page).nth(i)).toContainText(part);
    }
    await rows(page).first().getByRole('link').click();
    await expect(page.locator('.text .chosen-words').first()).toBeInViewport();
    await expect(rows(page).first().getByRole('link')).toHaveAttribute('aria-current', 'true');
    await page.goBack();
    await page.reload();
    await expect(rows(page)).toHaveCount(claims.nodes.length);
  });

  test('all claims about a thing and of an article are a list', async ({ page }) => {
    await page.goto(`/?id=${await found(page, 'Metropolitan Police', 'AGENCY')}`);
    const { claims } = (await answer(page, 'query($id: ID!) { agency(id: $id) { claims(first: 1) { totalCount } } }', { id: await found(page, 'Metropolitan Police', 'AGENCY') })).agency;
    await page.goto(`/?list=claims&about=${await found(page, 'Metropolitan Police', 'AGENCY')}`);
    await expect(rows(page)).toHaveCount(claims.totalCount);
    const article = await found(page, 'Leicester', 'ARTICLE');
    await page.goto(`/?list=claims&article=${article}`);
    await expect(page.getByRole('link', { name: /^Clear Article: .+ Leicester/ })).toBeVisible();
    await expect(rows(page)).toHaveCount((await answer(page, 'query($id: ID!) { article(id: $id) { claims(first: 1) { totalCount } } }', { id: article })).article.claims.totalCount);
  });
});

interface Type {
  kind: string;
  name: string | null;
  ofType: Type | null;
}

interface Schema {
  queryType: { fields: { name: string; type: Type; args: { name: string; defaultValue: string | null; type: Type }[] }[] };
  types: { name: string; inputFields: { name: string; type: Type }[] | null; enumValues: { name: string }[] | null }[];
}

const introspection = `fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
  { __schema { queryType { fields { name type { ...T } args { name defaultValue type { ...T } } } } types { name inputFields { name type { ...T } } enumValues { name } } } }`;

const named = (type: Type): string => type.name ?? named(type.ofType!);
const isList = (type: Type): boolean => type.kind === 'LIST' || (type.kind === 'NON_NULL' && isList(type.ofType!));

// Whatever list, filter or order the schema has, the explorer must offer: it is operated here, and has to arrive in the question.
test('Find offers each list, filter and order that the schema has', async ({ page }) => {
  const { queryType, types } = (await answer(page, introspection)).__schema as Schema;
  const typed = (name: string) => types.find((type) => type.name === name)!;
  const lists = new Map(queryType.fields.filter(({ type, args }) => named(type).endsWith('Connection') && args.some(({ name }) => name === 'filter')).map((field) => [field.name, field]));
  let root = '', asked: { filter?: Record<string, unknown>; orderBy?: string } = {};
  page.on('request', (request) => {
    const question = request.url().endsWith('/graphql') && request.method() === 'POST' ? request.postDataJSON() : null;
    const list = /list: (\w+)\(/.exec(question?.query ?? '')?.[1];
    if (list) [root, asked] = [list, question.variables];
  });
  await page.goto('/');
  const which = page.getByLabel('Which list'), seen = new Set<string>();
  for (const title of await which.locator('option').allInnerTexts()) {
    root = '';
    await page.goto('/');
    await which.selectOption(title);
    await expect.poll(() => root && !seen.has(root)).toBe(true);
    seen.add(root);
    const { args } = lists.get(root)!, argument = (name: string) => args.find((arg) => arg.name === name);
    const orders = argument('orderBy') ? typed(named(argument('orderBy')!.type)).enumValues!.map(({ name }) => name) : [];
    const order = page.locator('.order select');
    if (orders.length === 0) await expect(order).toHaveCount(0);
    else {
      expect(await order.locator('option').evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value)), `orders of ${root}`).toEqual(orders);
      await expect(order).toHaveValue(argument('orderBy')!.defaultValue!);
      await order.selectOption(orders.at(-1)!);
      await expect.poll(() => asked.orderBy).toBe(orders.at(-1));
    }
    await page.locator('.filters > summary').click();
    for (const { name, type } of typed(named(argument('filter')!.type)).inputFields!) {
      const control = page.locator(`.filters [data-filter="${name}"]`);
      await expect(control, `${name} of ${root}`).toHaveCount(1);
      const arrives = async (wanted: unknown[]) => expect.poll(() => asked.filter?.[name], { message: `${name} of ${root}` }).toEqual(isList(type) ? wanted : wanted.at(-1));
      for (const times of isList(type) ? [1, 2] : [1]) await operate(control, typed(named(type)), times, arrives);
      // With two values "Clear all" stands last; it is there as soon as both are shown. The rows from before need not be asked for again.
      const chips = page.locator('.chips a'), given = isList(type) ? asked.filter![name] as unknown[] : [name];
      await expect(chips).toHaveCount(given.length > 1 ? given.length + 1 : 1);
      // On a busy machine a click may miss what is drawn anew beneath it; who sees that clicks again.
      await expect(async () => {
        if (await chips.count() > 0) await chips.last().click({ timeout: 3000 });
        await expect(chips).toHaveCount(0, { timeout: 5000 });
      }).toPass();
      asked = {};
    }
  }
  expect([...seen].sort()).toEqual([...lists.keys()].sort());
});

// operate gives a filter its first value, or another one besides.
async function operate(control: Locator, { name, enumValues }: Schema['types'][number], times: number, arrives: (wanted: unknown[]) => Promise<void>): Promise<void> {
  if (enumValues?.length) {
    const boxes = control.getByRole('checkbox');
    if (times === 1) await control.locator('summary').click();
    expect(await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).value))).toEqual(enumValues.map((value) => value.name));
    await boxes.nth(times - 1).check();
    return arrives(enumValues.slice(0, times).map((value) => value.name));
  }
  switch (name) {
    case 'ID': {
      const option = control.getByRole('option').first();
      for (const letter of ['c', 'n', 'r', 'l']) {
        await control.getByRole('combobox').fill(letter);
        if (await option.waitFor({ timeout: 3000 }).then(() => true, () => false)) break;
      }
      await option.click();
      return arrives(Array.from({ length: times }, () => expect.stringContaining(':')));
    }
    case 'Date': await control.locator('input').fill('2020-01-02'); return arrives(['2020-01-02']);
    case 'Boolean': await control.locator('select').selectOption('false'); return arrives([false]);
    default:
      await control.locator('input').fill(`WORD ${times}`);
      await control.locator('input').press('Enter');
      return arrives(['WORD 1', 'WORD 2'].slice(0, times));
  }
}
