// What is seen, to keep: a picture as SVG or PNG, a table as CSV, the data as JSON.

const drawn = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-family', 'font-size', 'font-weight', 'opacity'];

// standalone is a picture with its styles within it.
function standalone(picture) {
  const copy = picture.cloneNode(true);
  const from = picture.querySelectorAll('*'), to = copy.querySelectorAll('*');
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of drawn) to[i].setAttribute(name, style.getPropertyValue(name));
  });
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of Object.entries({ width: '100%', height: '100%', fill: getComputedStyle(document.body).backgroundColor })) ground.setAttribute(name, value);
  copy.prepend(ground);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return new XMLSerializer().serializeToString(copy);
}

const asData = (kind, text) => `data:${kind};charset=utf-8,${encodeURIComponent(text)}`;

function save(name, href) {
  const a = document.createElement('a');
  a.href = href;
  a.download = name;
  a.click();
}

export const saveSVG = (picture, name) => save(`${name}.svg`, asData('image/svg+xml', standalone(picture)));

export async function savePNG(picture, name) {
  const image = new Image();
  image.src = asData('image/svg+xml', standalone(picture));
  await image.decode();
  const canvas = document.createElement('canvas');
  const scale = 2;
  canvas.width = picture.width.baseVal.value * scale;
  canvas.height = picture.height.baseVal.value * scale;
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  save(`${name}.png`, canvas.toDataURL('image/png'));
}

// csv writes rows so that no program that opens them takes a cell for a formula.
export function csv(rows) {
  const cell = (value) => {
    const text = String(value ?? '');
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

export const saveCSV = (rows, name) => save(`${name}.csv`, asData('text/csv', csv(rows)));
export const saveJSON = (data, name) => save(`${name}.json`, asData('application/json', JSON.stringify(data, null, 2)));
