// Builds elements and formats what they show. Text is always set as text, never as markup.

export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== undefined && value !== null) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter(child => child !== undefined && child !== null));
  return element;
}

const SHORT = 12;
const shapes = {good: '●', warn: '▲', bad: '✕', plain: '○'};

/** A state by shape, word and color, so that no one of them is needed alone. */
export function badge(kind, text) {
  return el('span', {class: `badge ${kind}`}, el('span', {'aria-hidden': 'true'}, shapes[kind]), text);
}

/** A table that keeps its meaning where a narrow window stacks its cells. */
export function table({caption, label, head, rows, framed}) {
  const cell = (value, column) => {
    const content = Array.isArray(value) ? value : [value];
    return column === 0
      ? el('th', {scope: 'row', role: 'rowheader'}, ...content)
      : el('td', {role: 'cell', 'data-label': head[column], class: typeof value === 'string' && value.length <= SHORT ? 'short' : undefined}, ...content.map(one => typeof one === 'number' ? String(one) : one));
  };
  const built = el('table', {role: 'table', 'aria-label': caption ? undefined : label},
    caption ? el('caption', {}, caption) : undefined,
    el('thead', {role: 'rowgroup'}, el('tr', {role: 'row'}, ...head.map(text => el('th', {scope: 'col', role: 'columnheader'}, text)))),
    el('tbody', {role: 'rowgroup'}, ...rows.map(row => el('tr', {role: 'row'}, ...row.map(cell)))));
  return framed ? el('div', {class: 'framed'}, built) : built;
}

/** Replaces the content of a place if what it shows has changed, and keeps the focus in it. */
export function show(place, shown, build) {
  const text = JSON.stringify(shown);
  if (place.dataset.shown === text) {
    return;
  }
  place.dataset.shown = text;
  const focused = place.contains(document.activeElement) ? document.activeElement.id : '';
  place.replaceChildren(...[build()].flat());
  if (focused) {
    document.getElementById(focused)?.focus({preventScroll: true});
  }
}

export function words(name) {
  return name.toLowerCase().replaceAll('_', ' ');
}

export function bytes(count) {
  if (count < 1024) {
    return `${count} bytes`;
  }
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let value = count;
  let unit = -1;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}

/** The seconds of an ISO 8601 duration, or of a number. */
export function seconds(duration) {
  if (typeof duration === 'number') {
    return duration;
  }
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(duration ?? '');
  return match ? Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0) : 0;
}

export function duration(value) {
  if (value < 1) {
    return `${(value * 1000).toFixed(value < .01 ? 1 : 0)} ms`;
  }
  if (value < 60) {
    return `${Math.floor(value)} s`;
  }
  return value < 3600 ? `${Math.floor(value / 60)} min ${Math.floor(value % 60)} s` : `${Math.floor(value / 3600)} h ${Math.floor(value % 3600 / 60)} min`;
}

export function since(instant) {
  return Math.max(0, (Date.now() - Date.parse(instant)) / 1000);
}

export function time(instant) {
  const date = new Date(instant);
  const day = date.toDateString() === new Date().toDateString() ? '' : `${date.toLocaleDateString()} `;
  return el('time', {datetime: instant}, day + date.toLocaleTimeString());
}

export function fileName(path) {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A path whose last name stands out. */
export function file(path) {
  return [fileName(path), el('small', {class: 'path'}, path.slice(0, path.lastIndexOf('/') + 1))];
}
