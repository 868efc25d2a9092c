// Lints the schema given by graphql-eslint's recommended rules for schemas and its rules for Relay, and prints what they find.
// node lint.cjs SCHEMA; the packages are looked for in .setup/suites.
const path = require('node:path');
const { createRequire } = require('node:module');

const from = createRequire(path.join(__dirname, '../../.setup/suites/package.json'));
const { Linter } = from('eslint');
const plugin = from('@graphql-eslint/eslint-plugin');
const { readFileSync } = require('node:fs');

const ours = {
  // One line is a line: blocks are for what is longer.
  '@graphql-eslint/description-style': 'off',
  // Relations, counts and payloads are no nodes: they are told apart by what they are between.
  '@graphql-eslint/strict-id-in-types': 'off',
  // What kind of incident, arrangement or agency a thing is stands beside `kind`, which every entity has.
  '@graphql-eslint/no-typename-prefix': 'off',
  // A search is in the order of rank, so it is paged forwards alone.
  '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
  // What is short and whole, such as an incident's impacts, is a plain list. A change is no node: it has a revision.
  '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }],
};

const file = path.resolve(process.argv[2]);
const config = {
  files: ['**/*.graphqls'],
  languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema: file } } },
  plugins: { '@graphql-eslint': { rules: plugin.rules } },
  rules: { ...plugin.configs['flat/schema-recommended'].rules, ...plugin.configs['flat/schema-relay'].rules, ...ours },
};
const found = new Linter({ cwd: path.dirname(file) }).verify(readFileSync(file, 'utf8'), config, { filename: file });
for (const { line, ruleId, message } of found) console.log(`${path.basename(file)}:${line}: ${message} (${ruleId})`);
console.log(`${Object.keys(config.rules).length} rules, ${found.length} findings`);
process.exitCode = found.length > 0 ? 1 : 0;
