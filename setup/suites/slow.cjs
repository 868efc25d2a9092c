// Subscribes with the stock clients of graphql-ws and graphql-sse and stops reading, while another keeps up:
// node slow.cjs URL TOKEN. It ends once the server has dropped both of the slow ones and the other has had every change.
const ws = require("graphql-ws");
const sse = require("graphql-sse");
const WebSocket = require("ws");

const [url, token] = process.argv.slice(2);
const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const fail = (why) => { console.log(why); process.exit(1); };

// Many names for one field make messages of some hundred kilobytes, which fill the buffers between server and client.
const wide = { query: `subscription { graphChanged { revision ${Array.from({ length: 60 }, (_, i) => `a${i}: ids`).join(" ")} } }` };

// Each article is on an incident of its own: another council, or a year later.
const names = ["Leicester City", "Oxford City", "Kent County", "Bury", "Rugby Borough", "Dover District", "Lancaster City", "Exeter City", "Norwich City", "Lincoln City", "Ipswich Borough", "Swale Borough"];
const loads = 20;
let number = 0;
async function load() {
  const articles = Array.from({ length: 60 }, () => ({
    text: `Hackers broke into ${names[number % names.length]} Council and stole data. It is case number ${number} of ${process.pid}.`,
    publishedOn: `${1900 + Math.floor(number++ / names.length)}-05-05`,
  }));
  const answer = await fetch(url, {
    method: "POST", headers,
    body: JSON.stringify({ query: "mutation($a: [ArticleInput!]!) { ingestArticles(input: {articles: $a}) { new revision } }", variables: { a: articles } }),
  }).then((r) => r.json());
  if (answer.errors || answer.data.ingestArticles.new !== articles.length) fail(JSON.stringify(answer));
  return answer.data.ingestArticles.revision;
}

const figure = async (name) => {
  const page = await fetch(url.replace("/graphql", "/metrics")).then((r) => r.text());
  const line = page.split("\n").find((l) => l.startsWith(`${name} `));
  return line ? Number(line.slice(name.length)) : 0;
};

(async () => {
  // A client that reads until it is subscribed, and then no more. It does not close either.
  let socket;
  const slowSocket = ws.createClient({
    url: url.replace(/^http/, "ws"), webSocketImpl: WebSocket, retryAttempts: 0, lazy: true,
    on: { connected: (s) => { socket = s; setTimeout(() => s.pause(), 300); } },
  });
  slowSocket.subscribe(wide, { next() {}, error() {}, complete() {} });

  const slowEvents = sse.createClient({
    url, singleConnection: false, retryAttempts: 0,
    fetchFn: async (...given) => {
      const response = await fetch(...given);
      const body = new ReadableStream({ pull: () => new Promise(() => {}) }); // whoever reads waits for ever, and nobody reads what comes
      globalThis.kept = response; // or else it is collected, and the connection with it
      return new Response(body, { status: response.status, headers: response.headers });
    },
  });
  slowEvents.subscribe(wide, { next() {}, error() {}, complete() {} });

  const seen = new Set();
  let last = 0;
  const quick = ws.createClient({ url: url.replace(/^http/, "ws"), webSocketImpl: WebSocket, retryAttempts: 0, lazy: true });
  quick.subscribe({ query: "subscription { graphChanged { revision } }" }, {
    next: ({ data }) => { seen.add(data.graphChanged.revision); last = data.graphChanged.revision; }, error: (e) => fail(JSON.stringify(e)), complete() {},
  });
  await sleep(1000);
  if ((await figure("spillover_http_streams")) !== 3) fail(`${await figure("spillover_http_streams")} streams are open, not 3`);

  // Write until both are full, and go on: it must not wait for them.
  let longest = 0, revision = 0;
  for (let n = 0; n < loads; n++) {
    const begin = Date.now();
    revision = await load();
    longest = Math.max(longest, Date.now() - begin);
  }
  const deadline = Date.now() + 60_000; // each message of a stream has ten seconds to be taken
  while ((await figure("spillover_http_streams")) !== 1) {
    if (Date.now() > deadline) fail(`${await figure("spillover_http_streams")} streams are open, and only one client keeps up`);
    await sleep(500);
  }
  let dropped = 0; // each is counted once its subscription has ended, which is soon after its connection
  for (let i = 0; dropped < 2 && i < 100; i++, await sleep(100)) {
    dropped = await figure('spillover_operations_total{outcome="DROPPED",type="subscription"}');
  }
  if (dropped !== 2) {
    const page = await fetch(url.replace("/graphql", "/metrics")).then((r) => r.text());
    fail(`${dropped} subscriptions are counted as dropped, not 2:\n${page.split("\n").filter((l) => l.startsWith("spillover_operations_total")).join("\n")}`);
  }
  for (let i = 0; last < revision && i < 50; i++) await sleep(100);
  if (last < revision || seen.size < loads) fail(`the one that keeps up has had ${seen.size} changes, up to ${last} of ${revision}`);
  console.log(`slow clients: 2 of 2 dropped, the one that keeps up had all ${seen.size} changes, the longest load took ${longest} ms meanwhile`);
  process.exit(0);
})().catch((e) => fail(e.stack));
