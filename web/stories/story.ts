// What every story holds besides its own: no request leaves the server, and the console says nothing.

import { test as base, expect } from '@playwright/test';

export const token = process.env.SPILLOVER_TOKEN ?? '';

export const test = base.extend<{ manners: void }>({
  manners: [async ({ context, page, baseURL }, use) => {
    const strayed: string[] = [], said: string[] = [];
    await context.route((url) => url.protocol !== 'data:' && url.origin !== new URL(baseURL!).origin, (route) => {
      strayed.push(route.request().url());
      return route.abort();
    });
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    await use();
    expect(strayed, 'requests to other origins').toEqual([]);
    expect(said, 'what the console said').toEqual([]);
  }, { auto: true }],
});

export { expect };
