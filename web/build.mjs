// Builds the pages: types of the operations in app/queries from schema.graphqls, then one bundle of app/ in site/built, beside
// GraphiQL and React as they are published. Prints what the explorer's first view weighs. build.sh fetches what this needs.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { codegen } from '@graphql-codegen/core';
import * as documents from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { build } from 'esbuild';
import { parse } from 'graphql';

const built = 'site/built';
const mostBytes = 300_000; // of the first view, compressed

await generate();
rmSync(built, { recursive: true, force: true });
mkdirSync(built, { recursive: true });
copyGraphiQL();
const { metafile } = await build({
  entryPoints: { explorer: 'app/explorer.tsx', playground: 'app/playground/playground.ts', nonce: 'app/playground/nonce.ts', 'playground-page': 'app/playground/playground.css' },
  outdir: built,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2023',
  minify: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  chunkNames: 'part-[name]-[hash]',
  metafile: true,
  legalComments: 'none',
});
cpSync('app/index.html', `${built}/explorer.html`);
cpSync('app/playground/index.html', `${built}/playground.html`);
weigh(metafile);

async function generate() {
  const found = readdirSync('app/queries').filter((name) => name.endsWith('.graphql')).sort()
    .map((name) => ({ location: name, document: parse(readFileSync(`app/queries/${name}`, 'utf8')) }));
  const text = await codegen({
    schema: parse(readFileSync('../schema.graphqls', 'utf8')),
    documents: found,
    filename: 'app/operations.gen.ts',
    config: { documentMode: 'string', skipTypename: true, useTypeImports: true, scalars: { Date: 'string', DateTime: 'string' } },
    plugins: [{ operations: {} }, { documents: {} }],
    pluginMap: { operations, documents },
  });
  writeFileSync('app/operations.gen.ts', text);
}

// GraphiQL is others' code, so it is fetched and not committed.
function copyGraphiQL() {
  const modules = 'node_modules', to = `${built}/graphiql`;
  mkdirSync(to);
  // The reference to a source map, which is not served, would be a failed request in the browser's tools.
  const script = readFileSync(`${modules}/graphiql/graphiql.min.js`, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '');
  writeFileSync(`${to}/graphiql.js`, script);
  cpSync(`${modules}/graphiql/graphiql.min.css`, `${to}/graphiql.css`);
  cpSync(`${modules}/react/umd/react.production.min.js`, `${to}/react.js`);
  cpSync(`${modules}/react-dom/umd/react-dom.production.min.js`, `${to}/react-dom.js`);
  for (const name of ['graphiql', 'react', 'react-dom', 'preact', 'd3-force']) cpSync(`${modules}/${name}/LICENSE`, `${to}/LICENSE.${name}`);
}

// The first view is the explorer's page, style and script with what the script imports at once.
function weigh({ outputs }) {
  const first = new Set([`${built}/explorer.css`]);
  const add = (name) => {
    if (first.has(name)) return;
    first.add(name);
    for (const { path, kind } of outputs[name].imports) if (kind === 'import-statement') add(path);
  };
  add(`${built}/explorer.js`);
  const size = (name) => gzipSync(readFileSync(name)).length;
  const total = [...first].reduce((sum, name) => sum + size(name), 0);
  const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const said = `The explorer's first view is ${kB(total)} compressed (script and style), of at most ${kB(mostBytes)}`;
  console.log(said);
  writeFileSync(`${built}/size.txt`, said + '\n');
  if (total > mostBytes) throw new Error('that is too much');
}
