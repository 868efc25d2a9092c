// Starts GraphiQL on this server's API. A query in the address (?query=, ?variables=, ?operationName=) opens in a tab
// of its own; a first visit starts with the example queries as tabs.

// What GraphiQL remembers is kept under a prefix, because other programs may have used the same host and port.
const prefix = 'spillover:';
const storage = {
  getItem: (key) => localStorage.getItem(prefix + key),
  setItem: (key, value) => localStorage.setItem(prefix + key, value),
  removeItem: (key) => localStorage.removeItem(prefix + key),
  clear() {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) localStorage.removeItem(key);
    }
  },
  get length() {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).length;
  },
};

async function examples() {
  const response = await fetch('/playground/examples.json');
  return response.ok ? response.json() : [];
}

const address = new URLSearchParams(location.search);
const url = new URL('/graphql', location.href);
const socket = new URL(url);
socket.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';

const { createElement } = globalThis.React;
const GraphiQL = globalThis.GraphiQL;
const tabs = await examples();
globalThis.ReactDOM.createRoot(document.getElementById('graphiql')).render(
  createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: url.href, subscriptionUrl: socket.href }),
    storage,
    defaultTabs: tabs.length > 0 ? tabs : undefined,
    query: address.get('query') ?? undefined,
    variables: address.get('variables') ?? undefined,
    operationName: address.get('operationName') ?? undefined,
    inputValueDeprecation: true,
    // A token typed into the headers is not written to the browser's storage.
    shouldPersistHeaders: false,
  }),
);
