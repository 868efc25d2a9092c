// Uses the stock clients of graphql-ws and graphql-sse on an API as front ends do: node clients.cjs URL TOKEN
// Prints each check that fails, then how many there were.
const ws = require("graphql-ws");
const sse = require("graphql-sse");
const WebSocket = require("ws");

const [url, token] = process.argv.slice(2);
const socketURL = url.replace(/^http/, "ws");
const authorised = { Authorization: `Bearer ${token}` };
let passed = 0, failed = 0;

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const within = (promise, what, ms = 15000) =>
  Promise.race([promise, sleep(ms).then(() => { throw new Error(`${what}: nothing within ${ms} ms`); })]);

async function check(name, f) {
  try {
    await within(f(), name, 40000);
    passed++;
  } catch (e) {
    failed++;
    console.log(`FAIL ${name}: ${e && e.message ? e.message : JSON.stringify(e)}`);
  }
}

function equal(got, want) {
  if (JSON.stringify(got) !== JSON.stringify(want)) throw new Error(`got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
}

let number = 0;
async function load() { // an article that is new each time
  const text = `Hackers broke into Leicester City Council and stole data. It is case number ${++number} of ${process.pid}.`;
  const answer = await fetch(url, {
    method: "POST", headers: { "Content-Type": "application/json", ...authorised },
    body: JSON.stringify({ query: `mutation($t: String!) { ingestArticles(input: {articles: [{title: "Test", text: $t}]}) { new } }`, variables: { t: text } }),
  }).then((r) => r.json());
  equal(answer, { data: { ingestArticles: { new: 1 } } });
}

const subscription = { query: "subscription { graphChanged { revision } }" };
const client = (options) => ws.createClient({ url: socketURL, webSocketImpl: WebSocket, retryAttempts: 0, lazy: true, ...options });
const all = async (results) => { const out = []; for await (const r of results) out.push(r); return out; };

// first is the first result of a subscription that load sets off again and again until one comes.
async function first(results) {
  const next = results[Symbol.asyncIterator]().next();
  let got = false;
  next.then(() => { got = true; }, () => { got = true; });
  while (!got) { await sleep(300); if (!got) await load(); }
  const { value } = await next;
  if (!(value.data.graphChanged.revision > 0)) throw new Error(JSON.stringify(value));
}

// raw opens a socket and speaks the protocol by hand.
function raw(subprotocol = "graphql-transport-ws") {
  const socket = new WebSocket(socketURL, subprotocol);
  const inbox = [], waiting = [];
  let closed;
  socket.on("message", (m) => { const v = JSON.parse(m); const w = waiting.shift(); w ? w(v) : inbox.push(v); });
  const close = new Promise((done) => socket.on("close", (code) => { closed = code; done(code); }));
  socket.on("error", () => {});
  return {
    open: new Promise((done, fail) => { socket.on("open", done); socket.on("error", fail); }),
    send: (m) => socket.send(typeof m === "string" ? m : JSON.stringify(m)),
    next: () => within(inbox.length ? Promise.resolve(inbox.shift()) : new Promise((done) => waiting.push(done)), "a message"),
    close, end: () => socket.terminate(), pause: () => socket.pause(), closedWith: () => closed,
  };
}
async function acknowledged() {
  const s = raw();
  await s.open;
  s.send({ type: "connection_init" });
  equal((await s.next()).type, "connection_ack");
  return s;
}

(async () => {
  await check("graphql-ws: a query", async () => {
    const c = client();
    equal((await all(c.iterate({ query: "{ info { store } }" }))).length, 1);
    await c.dispose();
  });
  await check("graphql-ws: a subscription", async () => {
    const c = client();
    const results = c.iterate(subscription);
    await first(results);
    await results.return();
    await c.dispose();
  });
  await check("graphql-ws: an invalid query", async () => {
    const c = client();
    let told;
    try { await all(c.iterate({ query: "{ nothing }" })); } catch (e) { told = e; }
    if (!Array.isArray(told) || !told[0].message) throw new Error(`told ${JSON.stringify(told)}`);
    await c.dispose();
  });
  await check("graphql-ws: a mutation without and with the token in the connection's parameters", async () => {
    const query = `mutation { retractArticle(input: {id: "article:none", reason: "r"}) { revision } }`;
    for (const [connectionParams, code] of [[undefined, "UNAUTHENTICATED"], [{ Authorization: "Bearer wrong" }, "UNAUTHENTICATED"], [authorised, "NOT_FOUND"]]) {
      const c = client({ connectionParams });
      const [answer] = await all(c.iterate({ query }));
      equal(answer.errors[0].extensions.code, code);
      await c.dispose();
    }
  });
  await check("graphql-transport-ws: ping before and after the initialisation", async () => {
    const s = raw();
    await s.open;
    s.send({ type: "ping", payload: { a: 1 } });
    equal(await s.next(), { type: "pong", payload: { a: 1 } });
    s.send({ type: "connection_init" });
    equal((await s.next()).type, "connection_ack");
    s.send({ type: "ping" });
    equal((await s.next()).type, "pong");
    s.end();
  });
  await check("graphql-transport-ws: complete ends a subscription, and its id can be used again", async () => {
    const s = await acknowledged();
    s.send({ id: "1", type: "subscribe", payload: subscription });
    s.send({ id: "1", type: "complete" });
    await sleep(300);
    s.send({ id: "1", type: "subscribe", payload: { query: "{ info { store } }" } });
    equal((await s.next()).type, "next");
    equal(await s.next(), { id: "1", type: "complete" });
    s.end();
  });
  for (const [name, code, before] of [
    ["a bad message", 4400, async (s) => s.send("{")],
    ["an unknown type", 4400, async (s) => s.send({ type: "hello" })],
    ["a subscription before the initialisation", 4401, async (s) => s.send({ id: "1", type: "subscribe", payload: subscription })],
    ["an initialisation that never comes", 4408, async () => {}],
    ["two initialisations", 4429, async (s) => { s.send({ type: "connection_init" }); s.send({ type: "connection_init" }); }],
    ["an id that is in use", 4409, async (s) => {
      s.send({ type: "connection_init" });
      equal((await s.next()).type, "connection_ack");
      for (let i = 0; i < 2; i++) s.send({ id: "1", type: "subscribe", payload: subscription });
    }],
  ]) {
    await check(`graphql-transport-ws: ${name} closes with ${code}`, async () => {
      const s = raw();
      await s.open;
      await before(s);
      equal(await within(s.close, "the close", 20000), code);
    });
  }
  await check("graphql-transport-ws: another subprotocol is refused", async () => {
    const s = raw("graphql-ws");
    let refused = false;
    await s.open.catch(() => { refused = true; });
    equal(refused, true);
  });
  await check("WebSocket: a page of another origin is refused", async () => {
    const s = new WebSocket(socketURL, "graphql-transport-ws", { headers: { Origin: "https://elsewhere.example" } });
    const status = await new Promise((done) => { s.on("unexpected-response", (_, res) => done(res.statusCode)); s.on("open", () => done("open")); s.on("error", () => {}); });
    equal(status, 403);
  });

  await check("graphql-sse: a query", async () => {
    const c = sse.createClient({ url, singleConnection: false, retryAttempts: 0 });
    equal((await all(c.iterate({ query: "{ info { store } }" }))).length, 1);
    c.dispose();
  });
  await check("graphql-sse: a subscription, ended by the client", async () => {
    const c = sse.createClient({ url, singleConnection: false, retryAttempts: 0 });
    const results = c.iterate(subscription);
    await first(results);
    await results.return();
    c.dispose();
  });
  await check("graphql-sse: an invalid query", async () => {
    const c = sse.createClient({ url, singleConnection: false, retryAttempts: 0 });
    let told;
    try { for (const r of await all(c.iterate({ query: "{ nothing }" }))) told = r.errors || told; } catch (e) { told = e; }
    if (!told) throw new Error("it is not refused");
    c.dispose();
  });
  await check("graphql-sse: a mutation needs the token", async () => {
    const query = `mutation { retractArticle(input: {id: "article:none", reason: "r"}) { revision } }`;
    for (const [headers, code] of [[{}, "UNAUTHENTICATED"], [authorised, "NOT_FOUND"]]) {
      const c = sse.createClient({ url, singleConnection: false, retryAttempts: 0, headers });
      const [answer] = await all(c.iterate({ query }));
      equal(answer.errors[0].extensions.code, code);
      c.dispose();
    }
  });

  console.log(`clients: ${passed} of ${passed + failed} checks pass`);
  process.exit(failed ? 1 : 0);
})();
