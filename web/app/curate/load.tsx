// Loads articles: files, a text or an address. What was read in them is shown before anything is stored.

import { useRef, useState } from 'preact/hooks';
import { ask } from '../api';
import { type State, away, href } from '../address';
import { IngestDocument, type IngestArticlesInput, ReadArticlesDocument, type ReadArticlesQuery } from '../operations.gen';
import { Failure, Section } from '../parts';
import { Marked, MarkKey } from '../things/marked';
import { day, many } from '../words';
import { Token, credentials, useDoing } from './token';

type Reading = ReadArticlesQuery['readArticles'][number];

// A Source is something to load, read by itself, so that one can watch how far it is.
interface Source {
  name: string;
  input: IngestArticlesInput;
  readings: Reading[];
}

async function base64(file: File): Promise<string> {
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return address.slice(address.indexOf(',') + 1);
}

export default function Load({ state }: { state: State }) {
  const [files, setFiles] = useState<File[]>([]);
  const [over, setOver] = useState(false);
  const [sources, setSources] = useState<Source[]>([]);
  const [progress, setProgress] = useState<[done: number, of: number] | null>(null);
  const [stored, setStored] = useState('');
  const [doing, run] = useDoing();
  const form = useRef<HTMLFormElement>(null);

  const inputs = async (): Promise<{ name: string; input: IngestArticlesInput }[]> => {
    const fields = new FormData(form.current!);
    const field = (name: string) => String(fields.get(name) ?? '').trim();
    const publishedOn = field('publishedOn') || null;
    const all = await Promise.all(files.map(async (file) => ({ name: file.name, input: { files: [{ content: await base64(file), publishedOn }] } })));
    if (field('text')) all.push({ name: 'The text', input: { files: [{ content: await base64(new File([field('text')], 'text')), publishedOn }] } });
    if (field('url')) return [...all, { name: field('url'), input: { files: [{ url: field('url'), publishedOn }] } }];
    return all;
  };

  const read = (event: Event) => {
    event.preventDefault();
    setStored('');
    setSources([]);
    void run(async () => {
      const all = await inputs();
      if (all.length === 0) throw new Error('there is nothing to read yet: drop a file, paste a text or give an address');
      for (const [i, { name, input }] of all.entries()) {
        setProgress([i, all.length]);
        const { readArticles } = await ask(ReadArticlesDocument, { input }, { token: credentials().token });
        setSources((before) => [...before, { name, input, readings: readArticles }]);
      }
      setProgress(null);
    });
  };

  const store = () => void run(async () => {
    const total = { new: 0, unchanged: 0, replaced: 0, refused: 0 };
    for (const [i, { input }] of sources.entries()) {
      setProgress([i, sources.length]);
      const { ingestArticles } = await ask(IngestDocument, { input }, { token: credentials().token });
      for (const key of ['new', 'unchanged', 'replaced', 'refused'] as const) total[key] += ingestArticles[key];
    }
    setProgress(null);
    setStored(`Stored: ${Object.entries(total).filter(([, n]) => n > 0).map(([what, n]) => `${n} ${what}`).join(', ')}.`);
  });

  const readings = sources.flatMap(({ name, readings: all }) => all.map((reading, i) => ({ reading, key: `${name} ${i}`, name })));
  const readable = readings.some(({ reading }) => !reading.reason);
  return (
    <>
      <h1>Load articles</h1>
      <p class="about">What is read in them is shown first, with the words marked; nothing is stored until you say so.</p>
      <form ref={form} class="load" onSubmit={read}>
        <div class={over ? 'drop over' : 'drop'}
          onDragOver={(event) => { event.preventDefault(); setOver(true); }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => { event.preventDefault(); setOver(false); setFiles([...event.dataTransfer?.files ?? []]); }}>
          <label>Drop files here, or choose them: text, HTML, JSON, JSON lines, RSS or Atom, also gzipped
            <input type="file" name="files" multiple onChange={(event) => setFiles([...event.currentTarget.files ?? []])} /></label>
          {files.length > 0 && <p>{many(files.length, 'file')}: {files.map(({ name }) => name).join(', ')}</p>}
        </div>
        <label>Or paste the text <textarea name="text" rows={6} /></label>
        <div class="fields">
          <label>Or its address <input type="url" name="url" placeholder="https://" /></label>
          <label>Published on, where it does not say <input type="date" name="publishedOn" min="1000-01-01" max="9998-12-31" /></label>
        </div>
        <Token />
        <p class="actions"><button disabled={doing.busy}>Read it first</button></p>
      </form>
      {progress && <p role="status"><progress value={progress[0]} max={progress[1]} aria-label="Progress" /> {progress[0]} of {progress[1]}</p>}
      {doing.error && <Failure error={doing.error} />}
      {readings.length > 0 && (
        <Section title={`What was read in ${many(readings.length, 'article')}`}>
          <MarkKey />
          {readings.map(({ reading, key, name }) => (
            <article key={key} class="reading">
              <h3>{reading.title ?? name}</h3>
              {reading.reason ? <p class="warning">It cannot be read: {reading.reason}</p> : (
                <>
                  <p class="about">{[reading.publisher, reading.publishedOn ? day(reading.publishedOn) : 'undated: it will not count in looks back in time', ...reading.incidents.map(({ name: incident }) => incident)].filter(Boolean).join('; ')}</p>
                  <Marked text={reading.text ?? ''} claims={reading.claims} refusals={reading.refusals} chosen="" />
                </>
              )}
            </article>
          ))}
          {readable && !stored && <p class="actions"><button type="button" disabled={doing.busy} onClick={store}>Store {readings.length === 1 ? 'it' : 'them'}</button></p>}
        </Section>
      )}
      {stored && (
        <p role="status" class="done">{stored} {[...new Map(readings.flatMap(({ reading }) => reading.incidents.map((incident) => [incident.id, incident])))].slice(0, 5).map(([id, { name }]) =>
          <a key={id} href={href(away(state, { id }))}>{name}</a>)}</p>
      )}
    </>
  );
}
