// A field that chooses a thing by its name: what fits is offered while one types, and chosen by keyboard or pointer.

import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ask } from '../api';
import { type EntityKind, SuggestArticlesDocument, SuggestDocument } from '../operations.gen';
import { Found } from '../parts';

export interface Choice {
  id: string;
  name: string;
}

interface Props {
  label: string;
  kinds: (EntityKind | 'ARTICLE')[];
  value: Choice | null;
  choose: (choice: Choice) => void;
  clear?: () => void; // where nothing may be chosen, too
  others?: string[]; // ids that are chosen already, where several may be; the field is then for the next one
  field?: string; // the API's filter that it is for
}

// suggest looks among articles by their texts, and among all else by names.
async function suggest(text: string, kinds: Props['kinds']): Promise<Choice[]> {
  if (!kinds.includes('ARTICLE')) return (await ask(SuggestDocument, { text, kinds: kinds as EntityKind[] })).search.nodes;
  return (await ask(SuggestArticlesDocument, { text })).articles.nodes.map(({ id, title, publisher }) => ({ id, name: [title ?? 'Untitled', publisher].filter(Boolean).join(', ') }));
}

export function Choose({ label, kinds, value, choose, clear, others, field }: Props) {
  const id = useId();
  const [text, setText] = useState(value?.name ?? '');
  const [offers, setOffers] = useState<Choice[]>([]);
  const [active, setActive] = useState(-1);
  const asked = useRef(0);
  useEffect(() => setText(value?.name ?? ''), [value?.id, value?.name]);

  const look = async (words: string) => {
    setText(words);
    const mine = ++asked.current;
    if (!words.trim()) {
      if (clear && value) clear();
      return setOffers([]);
    }
    const found = await suggest(words, kinds).catch(() => null);
    if (mine !== asked.current || !found) return;
    setOffers(found.filter(({ id }) => !others?.includes(id)));
    setActive(-1);
  };
  const take = (choice: Choice | undefined) => {
    if (!choice) return;
    asked.current++;
    setText(others ? '' : choice.name);
    setOffers([]);
    choose(choice);
  };
  const key = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && offers.length > 0) setActive((active + move + offers.length) % offers.length);
    else if (event.key === 'Enter' && offers.length > 0) take(offers[Math.max(active, 0)]);
    else if (event.key === 'Escape') setOffers([]);
    else return;
    event.preventDefault();
  };
  // Whoever has gone on is offered nothing any more, not even what is still on its way.
  const left = () => {
    asked.current++;
    setTimeout(() => setOffers([]), 150);
  };
  const open = offers.length > 0;
  return (
    <div class="choose" data-filter={field}>
      <label for={id}>{label}</label>
      <input id={id} type="text" role="combobox" autocomplete="off" aria-expanded={open} aria-controls={`${id}-offers`} aria-autocomplete="list" aria-activedescendant={open && active >= 0 ? `${id}-${active}` : undefined}
        value={text} onInput={(event) => void look(event.currentTarget.value)} onKeyDown={key} onBlur={left} />
      <ul id={`${id}-offers`} role="listbox" aria-label={label} hidden={!open}>
        {offers.map((offer, i) => <li key={offer.id} id={`${id}-${i}`} role="option" aria-selected={i === active} onMouseDown={(event) => { event.preventDefault(); take(offer); }}><Found text={offer.name} by={text} /></li>)}
      </ul>
    </div>
  );
}
