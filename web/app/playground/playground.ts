// Starts GraphiQL on this server's API. A query in the address (?query=, ?variables=, ?operationName=) opens in a tab
// of its own; a first visit starts with the example queries as tabs.

// What GraphiQL remembers is kept under a prefix, because other programs may have used the same host and port.
const prefix = 'spillover:';
const storage = {
  getItem: (key: string) => localStorage.getItem(prefix + key),
  setItem: (key: string, value: string) => localStorage.setItem(prefix + key, value),
  removeItem: (key: string) => localStorage.removeItem(prefix + key),
  clear() {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) localStorage.removeItem(key);
    }
  },
  get length() {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).length;
  },
};

// GraphiQL and React are scripts of their own, from before this one. What is used of them:
interface Scripts {
  React: { createElement: (component: unknown, props: object) => unknown };
  ReactDOM: { createRoot: (place: Element) => { render: (element: unknown) => void } };
  GraphiQL: { createFetcher: (options: { url: string; subscriptionUrl: string }) => unknown };
}

async function examples(): Promise<{ query: string; variables?: string }[]> {
  const response = await fetch('/playground/examples.json');
  return response.ok ? response.json() : [];
}

const address = new URLSearchParams(location.search);
const url = new URL('/graphql', location.href);
const socket = new URL(url);
socket.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';

const { React, ReactDOM, GraphiQL } = globalThis as unknown as Scripts;
const tabs = await examples();
ReactDOM.createRoot(document.getElementById('graphiql')!).render(
  React.createElement(GraphiQL, {
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

export {};
