// Stories of what people do with the pages, and the pictures of them in docs. stories_test.go runs the stories against its own
// server, which SPILLOVER_URL names; without it a server is started here, on an empty store with the sample articles.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const own = 'http://127.0.0.1:18099';
const given = process.env.SPILLOVER_URL;
process.env.SPILLOVER_TOKEN ??= 'a token for stories, of no worth';

export default defineConfig({
  testDir: 'stories',
  outputDir: 'stories/results',
  workers: 1, // the stories share a graph, and some change it
  timeout: 120_000,
  expect: { timeout: 20_000 }, // other tests run beside this
  reporter: 'line',
  use: {
    baseURL: given ?? own,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: { width: 1280, height: 900 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      env: { ...process.env, LANGUAGE: 'en_GB' }, // in which fields for dates are written
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    },
  },
  projects: [
    { name: 'stories', testMatch: '*.story.ts' },
    { name: 'screenshots', testMatch: 'screenshots.ts' },
  ],
  webServer: given ? undefined : {
    command: 'go run .',
    cwd: '..',
    url: `${own}/readyz`,
    stderr: 'ignore', // what the server logs of each request
    timeout: 120_000,
    env: { ADDR: new URL(own).host, SPILLOVER_DB: join(mkdtempSync(join(tmpdir(), 'spillover-')), 'stories.db'), SPILLOVER_TOKEN: process.env.SPILLOVER_TOKEN },
  },
});
