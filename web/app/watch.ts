// Tells those who stay when the graph changed. What is read is not pulled away from under the reader: a button shows what is new.

import { useEffect, useState } from 'preact/hooks';
import { WatchDocument } from './operations.gen';
import { question } from './api';

const soon = 15_000; // milliseconds before the first look, where nothing is touched: a short visit opens no stream

// useChanges gives whether there is news, the number to ask with, and what shows the news. A past day has none.
export function useChanges(past: boolean): [news: boolean, revision: number, show: () => void] {
  const [news, setNews] = useState(false);
  const [revision, setRevision] = useState(0);
  useEffect(() => {
    let stream: EventSource | null = null;
    const open = () => {
      if (stream) return;
      clearTimeout(timer);
      stream = new EventSource('/graphql?' + new URLSearchParams({ query: question(WatchDocument, {}).query }));
      stream.addEventListener('next', () => setNews(true));
    };
    const timer = setTimeout(open, soon);
    addEventListener('keydown', open, { once: true });
    addEventListener('pointerdown', open, { once: true });
    return () => {
      clearTimeout(timer);
      removeEventListener('keydown', open);
      removeEventListener('pointerdown', open);
      stream?.close();
    };
  }, []);
  const show = () => {
    setNews(false);
    setRevision((n) => n + 1);
  };
  return [news && !past, revision, show];
}
