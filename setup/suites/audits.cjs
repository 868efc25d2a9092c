// Runs graphql-http's audits of servers against an API and prints each that does not pass: node audits.cjs URL
const { serverAudits } = require("graphql-http");

(async () => {
  const counts = { ok: 0, notice: 0, warn: 0, error: 0 };
  for (const audit of serverAudits({ url: process.argv[2], fetchFn: fetch })) {
    const result = await audit.fn();
    counts[result.status]++;
    if (result.status !== "ok") console.log(`${result.status} ${audit.id} ${audit.name}: ${result.reason}`);
  }
  const all = Object.values(counts).reduce((a, b) => a + b, 0);
  console.log(`graphql-http: ${counts.ok} of ${all} audits pass`);
  process.exit(counts.ok === all ? 0 : 1);
})();
