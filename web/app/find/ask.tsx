// The fields above everything: words to search for as one types, and the day whose knowledge is shown.

import { useEffect, useRef, useState } from 'preact/hooks';
import { type State, go, read } from '../address';

const rest = 200; // milliseconds without a key before it is looked for

export function Ask({ state }: { state: State }) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(state.q);
  const typing = useRef(0);
  useEffect(() => {
    if (document.activeElement !== field.current) setText(state.q);
  }, [state.q]);
  useEffect(() => {
    const slash = (event: KeyboardEvent) => {
      const typed = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      if (event.key !== '/' || typed || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener('keydown', slash);
    return () => removeEventListener('keydown', slash);
  }, []);
  const type = (words: string) => {
    setText(words);
    clearTimeout(typing.current);
    // The address follows without a step back for each letter.
    typing.current = window.setTimeout(() => go({ ...read(), view: '', q: words.trim() }, true), rest);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    clearTimeout(typing.current);
    go({ ...read(), view: '', id: '', q: text.trim() });
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>('#list a')?.focus();
    }
  };
  return (
    <form id="ask" role="search" onSubmit={submit}>
      <label>Find an incident, a council, an arrangement or anyone concerned
        <input ref={field} type="search" name="q" autocomplete="off" placeholder="Westminster" aria-keyshortcuts="/" value={text} onInput={(event) => type(event.currentTarget.value)} onKeyDown={key} />
      </label>
      <label>What was known on
        <input type="date" name="asOf" min="1000-01-01" max="9998-12-31" value={state.asOf} onChange={(event) => go({ ...read(), asOf: event.currentTarget.value })} />
      </label>
      {state.asOf ? <button type="button" class="quiet" onClick={() => go({ ...read(), asOf: '' })}>Back to now</button> : <button>Show</button>}
    </form>
  );
}

// walk moves through a list of links by the arrow keys.
export function walk(event: KeyboardEvent): void {
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!move) return;
  const links = [...document.querySelectorAll<HTMLElement>('#list a')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  (at + move < 0 ? document.querySelector<HTMLElement>('#ask input') : links[at + move])?.focus();
}
