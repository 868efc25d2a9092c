// What is seen, to keep: a picture as SVG or PNG, a table as CSV, the data as JSON.

const drawn = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'font-family', 'font-size', 'font-weight', 'opacity', 'transform'];

// standalone is a picture with its styles within it.
function standalone(picture: SVGSVGElement): string {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const from = picture.querySelectorAll('*'), to = copy.querySelectorAll('*');
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    to[i]?.removeAttribute('style');
    for (const name of drawn) {
      const value = style.getPropertyValue(name);
      if (value !== 'none' || name === 'fill' || name === 'stroke') to[i]?.setAttribute(name, value);
    }
  });
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  const paper = { width: '100%', height: '100%', fill: getComputedStyle(document.body).backgroundColor };
  for (const [name, value] of Object.entries(paper)) ground.setAttribute(name, value);
  copy.prepend(ground);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return new XMLSerializer().serializeToString(copy);
}

const asData = (kind: string, text: string) => `data:${kind};charset=utf-8,${encodeURIComponent(text)}`;

function save(name: string, href: string): void {
  const a = document.createElement('a');
  a.href = href;
  a.download = name;
  a.click();
}

export const saveSVG = (picture: SVGSVGElement, name: string) => save(`${name}.svg`, asData('image/svg+xml', standalone(picture)));

export async function savePNG(picture: SVGSVGElement, name: string): Promise<void> {
  const image = new Image();
  image.src = asData('image/svg+xml', standalone(picture));
  await image.decode();
  const canvas = document.createElement('canvas');
  const scale = 2;
  canvas.width = picture.width.baseVal.value * scale;
  canvas.height = picture.height.baseVal.value * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  save(`${name}.png`, canvas.toDataURL('image/png'));
}

export type Row = (string | number | null)[];

// csv writes rows so that no program that opens them takes a cell for a formula.
function csv(rows: Row[]): string {
  const cell = (value: string | number | null) => {
    const text = String(value ?? '');
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

export const saveCSV = (rows: Row[], name: string) => save(`${name}.csv`, asData('text/csv', csv(rows)));
export const saveJSON = (data: unknown, name: string) => save(`${name}.json`, asData('application/json', JSON.stringify(data, null, 2)));

export const fileName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
