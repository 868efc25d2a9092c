// Who one is to the server, and why one changes something. The token stays in the page's memory and is gone with it; the name is only a convenience.

import { useState } from 'preact/hooks';

let token = '', author = '';

export const credentials = () => ({ token, author });

export function Token({ named = false }: { named?: boolean }) {
  const [, again] = useState(0);
  const keep = (set: (value: string) => void) => (event: { currentTarget: HTMLInputElement }) => {
    set(event.currentTarget.value.trim());
    again((n) => n + 1);
  };
  return (
    <div class="fields">
      <label>Token <input type="password" name="token" autocomplete="off" value={token} onInput={keep((value) => (token = value))} required /></label>
      {named && <label>Your name <input name="author" autocomplete="name" value={author} onInput={keep((value) => (author = value))} required /></label>}
    </div>
  );
}

export const Why = ({ reason, set }: { reason: string; set: (reason: string) => void }) => (
  <label>Why <textarea name="reason" rows={2} required value={reason} onInput={(event) => set(event.currentTarget.value)} /></label>
);

export interface Doing {
  busy: boolean;
  error: Error | null;
}

// useDoing runs what changes the graph, and keeps how that stands.
export function useDoing(): [Doing, (work: () => Promise<void>) => Promise<void>] {
  const [doing, set] = useState<Doing>({ busy: false, error: null });
  const run = async (work: () => Promise<void>) => {
    set({ busy: true, error: null });
    try {
      await work();
      set({ busy: false, error: null });
    } catch (error) {
      set({ busy: false, error: error as Error });
    }
  };
  return [doing, run];
}
