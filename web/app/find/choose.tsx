// A field that chooses one thing by its name: what fits is offered while one types, and chosen by keyboard or pointer.

import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ask } from '../api';
import { type EntityKind, SuggestDocument } from '../operations.gen';
import { Found } from '../parts';

export interface Choice {
  id: string;
  name: string;
}

interface Props {
  label: string;
  kinds: EntityKind[];
  value: Choice | null;
  choose: (choice: Choice) => void;
  clear?: () => void; // where nothing may be chosen, too
}

export function Choose({ label, kinds, value, choose, clear }: Props) {
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
    const found = await ask(SuggestDocument, { text: words, kinds }).catch(() => null);
    if (mine !== asked.current || !found) return;
    setOffers(found.search.nodes);
    setActive(-1);
  };
  const take = (choice: Choice | undefined) => {
    if (!choice) return;
    asked.current++;
    setText(choice.name);
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
  const open = offers.length > 0;
  return (
    <div class="choose">
      <label for={id}>{label}</label>
      <input id={id} type="text" role="combobox" autocomplete="off" aria-expanded={open} aria-controls={`${id}-offers`} aria-autocomplete="list" aria-activedescendant={open && active >= 0 ? `${id}-${active}` : undefined}
        value={text} onInput={(event) => void look(event.currentTarget.value)} onKeyDown={key} onBlur={() => setTimeout(() => setOffers([]), 150)} />
      <ul id={`${id}-offers`} role="listbox" aria-label={label} hidden={!open}>
        {offers.map((offer, i) => <li key={offer.id} id={`${id}-${i}`} role="option" aria-selected={i === active} onMouseDown={(event) => { event.preventDefault(); take(offer); }}><Found text={offer.name} by={text} /></li>)}
      </ul>
    </div>
  );
}
