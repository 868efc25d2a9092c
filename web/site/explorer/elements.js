// The small parts that everything on the page is made of. Text from the API is only ever set as text.

export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false && child !== ''));
  return element;
}

// svg is el for parts of a picture.
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

// link is a link to where a browser may safely go, or the bare text: addresses come from articles.
export function link(href, ...children) {
  const target = new URL(href, location.href);
  if (!['http:', 'https:'].includes(target.protocol)) return el('span', {}, ...children);
  const away = target.origin !== location.origin;
  return el('a', { href, rel: away ? 'noreferrer external' : undefined }, ...children);
}

const formats = {
  DAY: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
  MONTH: new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  TICK: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: '2-digit', timeZone: 'UTC' }),
  YEAR: new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone: 'UTC' }),
};

export const day = (date, precision = 'DAY') => (date ? formats[precision ?? 'DAY'].format(new Date(date + 'T00:00:00Z')) : '');

const standings = {
  COMPROMISED: ['■', 'compromised'],
  DISRUPTED: ['◆', 'disrupted'],
  SUSPECTED: ['▲', 'suspected'],
  UNAFFECTED: ['○', 'unaffected'],
  UNREPORTED: ['?', 'unreported'],
};

// shapes tell standings apart without colour.
export const shapes = Object.fromEntries(Object.entries(standings).map(([status, [shape]]) => [status, shape]));

// words are an enumeration's value as words: EAST_OF_ENGLAND is East of England.
export const words = (value) => value.replaceAll('_', ' ').toLowerCase().replace(/\b(?!and\b|the\b|of\b)[a-z]/g, (letter) => letter.toUpperCase());

// shortName is a council's name without what all of them have.
export const shortName = (name) => name.replace(/^(?:London Borough of|Royal Borough of|City of) /, '')
  .replace(/ (?:(?:Metropolitan |London )?Borough |City |County |District )?Council$/, '');

// standing shows how a council stands by shape, word and colour; the shape is for the eye only.
export function standing(status, count) {
  const [shape, word] = standings[status] ?? ['', status.toLowerCase()];
  return el('span', { class: `standing ${word}` },
    el('span', { class: 'shape', 'aria-hidden': 'true' }, shape), count === undefined ? word : `${count} ${word}`);
}

export const incidentKind = (kind) => ({
  RANSOMWARE: 'Ransomware',
  DATA_THEFT: 'Data theft',
  DENIAL_OF_SERVICE: 'Denial of service',
  ACCIDENTAL_DISCLOSURE: 'Accidental disclosure',
  CYBER_ATTACK: 'Cyber attack',
}[kind] ?? '');

const speakers = { attacker: 'the attackers', 'unnamed source': 'an unnamed source' };

// evidence folds the words away under a line that says how many there are.
export function evidence(claims) {
  if (claims.length === 0) return null;
  const shown = new Map(claims.map((claim) => [`${claim.article.title} ${claim.quote}`, claim]));
  return el('details', {},
    el('summary', {}, shown.size === 1 ? 'The words' : `The words (${shown.size})`),
    ...[...shown.values()].map(figure));
}

// figure is a claim's words with where they stand.
export const figure = ({ quote, speaker, certainty, assertedOn, article }) => el('figure', {},
  el('blockquote', {}, quote),
  el('figcaption', {},
    [speaker && `said by ${speakers[speaker] ?? speaker}`, certainty === 'HEDGED' && 'hedged'].filter(Boolean).join(', '),
    speaker || certainty === 'HEDGED' ? ' – ' : '',
    article.url ? link(article.url, article.title ?? article.url) : article.title ?? 'untitled',
    article.publisher ? `, ${article.publisher}` : '',
    assertedOn ? `, ${day(assertedOn)}` : ''));
