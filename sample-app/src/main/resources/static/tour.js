// The stations of the tour. Everything is asked of the service: the page keeps no copy of the truth.

const SECOND = 1000;
const origins = {INITIAL: 'as found at the start', OWN: 'written by this service', FOREIGN: 'edited by someone else', LAST_GOOD: 'the last valid content', DEFAULTS: 'the defaults'};
const fields = ['title', 'theme', 'maxConnections'];
const id = name => document.getElementById(name);
const forms = [...document.querySelectorAll('form[data-person]')].map(form => ({form, tag: null, revision: 0, typed: new Set(), busy: false}));
let shownVersion = null;

function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick') {
      element.addEventListener('click', value);
    } else if (value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter(child => child !== undefined));
  return element;
}

function say(place, text, kind = '') {
  place.textContent = text;
  place.className = `said ${kind}`.trim();
}

async function ask(path, method = 'GET', body = undefined, headers = {}) {
  const response = await fetch(path, {method, cache: 'no-store', headers: {...(body === undefined ? {} : {'Content-Type': 'application/json'}), ...headers}, body: body === undefined ? undefined : JSON.stringify(body)});
  const json = await response.json().catch(() => ({}));
  if (!response.ok) {
    const error = new Error(json.detail ?? `The service responded with status ${response.status}.`);
    throw Object.assign(error, {status: response.status, fields: json.errors ?? []});
  }
  return {json, tag: response.headers.get('ETag')};
}

/** Runs an action of a station once at a time, and says where it fails. */
async function act(place, button, action) {
  if (button.disabled) {
    return;
  }
  button.disabled = true;
  try {
    await action();
  } catch (error) {
    say(place, error.status ? error.message : 'The service is not available.', 'bad');
  } finally {
    button.disabled = false;
  }
}

// 1. two people

const said = person => person.form.querySelector('.said');
const choice = person => person.form.querySelector('.choice');

/** What the person has typed stays, and is a change of what is stored. */
function buildOn(person, {json, tag}) {
  person.tag = tag;
  person.revision = json.revision;
  for (const name of fields.filter(name => !person.typed.has(name))) {
    person.form.elements[name].value = json[name];
  }
}

function fill(person, stored) {
  person.typed.clear();
  choice(person).hidden = true;
  buildOn(person, stored);
}

function mark(person, errors) {
  for (const name of fields) {
    const field = person.form.elements[name];
    const error = errors.find(candidate => candidate.field === name);
    field.setAttribute('aria-invalid', Boolean(error));
    field.parentElement.querySelector('small').textContent = error ? error.message : '';
  }
}

async function load(person, text = '') {
  fill(person, await ask('api/settings'));
  mark(person, []);
  say(said(person), text);
}

async function save(person) {
  const name = person.form.dataset.person;
  const connections = person.form.elements.maxConnections.value;
  const settings = {title: person.form.elements.title.value, theme: person.form.elements.theme.value, maxConnections: connections === '' ? null : Number(connections), revision: person.revision + 1};
  person.busy = true;
  try {
    fill(person, await ask('api/settings', 'PUT', settings, person.tag ? {'If-Match': person.tag} : {'If-None-Match': '*'}));
    mark(person, []);
    say(said(person), `Saved by ${name}.`, 'good');
  } catch (error) {
    mark(person, error.fields ?? []);
    if (error.status === 412) {
      say(said(person), `Conflict: the settings were changed after ${name} had read them. Nothing was overwritten.`, 'bad');
      choice(person).hidden = false;
    } else {
      say(said(person), error.status ? error.message : 'The service is not available.', 'bad');
    }
  } finally {
    person.busy = false;
  }
  await look();
}

async function saveInstead(person) {
  const {json, tag} = await ask('api/settings');
  person.tag = tag;
  person.revision = json.revision;
  await save(person);
}

for (const person of forms) {
  person.form.addEventListener('input', event => person.typed.add(event.target.name));
  person.form.addEventListener('submit', event => {
    event.preventDefault();
    act(said(person), event.submitter ?? person.form.querySelector('button'), () => save(person));
  });
  person.form.querySelector('.theirs').addEventListener('click', event => act(said(person), event.target, () => load(person, 'This is what is stored.')));
  person.form.querySelector('.mine').addEventListener('click', event => act(said(person), event.target, () => saveInstead(person)));
}

// 2. an edit by hand

const editor = id('editor');
let handEdited = false;
let written = 0;

async function readFile() {
  const {json} = await ask('api/tour/file');
  id('path').textContent = json.path;
  editor.elements.text.value = json.text;
  handEdited = false;
}

async function writeFile(text) {
  written = performance.now();
  await ask('api/tour/file', 'PUT', {text});
  handEdited = false;
  say(id('noticed'), 'Overwritten. The service has not looked yet.');
  await look();
}

editor.elements.text.addEventListener('input', () => { handEdited = true; });
editor.addEventListener('submit', event => {
  event.preventDefault();
  act(id('noticed'), event.submitter, () => writeFile(editor.elements.text.value));
});
id('break').addEventListener('click', event => act(id('noticed'), event.target, () => {
  const text = editor.elements.text.value;
  editor.elements.text.value = text.slice(0, Math.ceil(text.length / 2));
  return writeFile(editor.elements.text.value);
}));
id('reread').addEventListener('click', event => act(id('noticed'), event.target, async () => {
  await readFile();
  say(id('noticed'), 'This is what the file holds.');
}));

function noticed(state) {
  const after = written ? ` It took ${((performance.now() - written) / SECOND).toFixed(1)} s.` : '';
  if (state.problem) {
    say(id('noticed'), `The service has noticed that the file is not valid.${after}`, 'bad');
    written = 0;
  } else if (state.source === 'FOREIGN') {
    say(id('noticed'), `The service has taken over an edit by hand.${after}`, 'good');
    written = 0;
  }
}

// 3. history

async function showHistory() {
  const {json} = await ask('api/tour/history');
  id('undo').disabled = json.length === 0;
  id('undo').dataset.name = json[0]?.name ?? '';
  if (json.length === 0) {
    return;
  }
  const head = ['Replaced', 'Title', 'Theme', 'Connections', ''];
  const cell = (text, index) => el('td', {role: 'cell', 'data-label': head[index]}, text);
  const rows = json.map(({name, made, settings}) => el('tr', {role: 'row'},
    el('th', {scope: 'row', role: 'rowheader'}, new Date(made).toLocaleTimeString()),
    ...(settings ? [cell(settings.title ?? 'the default', 1), cell((settings.theme ?? 'the default').toLowerCase(), 2), cell(String(settings.maxConnections ?? 'the default'), 3)] : [cell('not valid', 1), cell('–', 2), cell('–', 3)]),
    el('td', {role: 'cell'}, settings ? el('button', {type: 'button', id: `back-${name}`, 'aria-label': `Bring back the settings of ${new Date(made).toLocaleTimeString()}: ${settings.title ?? 'the default title'}`, onclick: event => bringBack(event.target, name)}, 'Bring back') : '–')));
  const focused = document.activeElement?.id ?? '';
  id('history').replaceChildren(el('table', {role: 'table', 'aria-label': 'Earlier settings'},
    el('thead', {role: 'rowgroup'}, el('tr', {role: 'row'}, ...head.map(text => text ? el('th', {scope: 'col', role: 'columnheader'}, text) : el('td', {role: 'cell'})))),
    el('tbody', {role: 'rowgroup'}, ...rows)));
  if (focused.startsWith('back-')) {
    (id(focused) ?? id('undo')).focus({preventScroll: true});
  }
}

function bringBack(button, name) {
  act(id('undone'), button, async () => {
    await ask('api/tour/restore', 'POST', {name});
    const {json} = await ask('api/settings');
    say(id('undone'), `The title is “${json.title}” again.`, 'good');
    await look();
  }).then(showHistory);
}

id('undo').addEventListener('click', event => bringBack(event.target, event.target.dataset.name));

// 4. a verified export

async function verify() {
  const {json} = await ask('api/tour/export');
  say(id('export'), json.intact ? `Intact: ${json.checksum}` : `Damaged. ${json.problem}`, json.intact ? 'good' : 'bad');
}

id('write').addEventListener('click', event => act(id('export'), event.target, async () => {
  say(id('export'), 'Writing…');
  const {json} = await ask('api/tour/export', 'POST', {rows: 100000});
  say(id('export'), `Written: ${json.rows.toLocaleString('en')} rows, ${json.size.toLocaleString('en')} bytes.`, 'good');
  id('verify').disabled = id('damage').disabled = false;
}));
id('verify').addEventListener('click', event => act(id('export'), event.target, verify));
id('damage').addEventListener('click', event => act(id('export'), event.target, async () => {
  await ask('api/tour/export/damage', 'POST', {});
  say(id('export'), 'One bit was changed on the disk. Verify the export.');
}));

// 5. the crash drill

function left(title, {file, returned, found, expected}) {
  const age = found.generation > returned ? 'the new content' : 'the old content';
  const verdict = found.whole ? `Whole: ${age}` : found.lines === 0 ? 'Empty: all content is lost' : 'Torn: neither old nor new';
  return el('div', {},
    el('h3', {class: found.whole ? 'good' : 'bad'}, verdict),
    el('p', {}, title),
    el('progress', {class: 'bar', max: expected, value: found.lines, 'aria-label': `Lines of ${file}`}),
    el('dl', {},
      el('dt', {}, 'Lines'), el('dd', {}, `${found.lines.toLocaleString('en')} of ${expected.toLocaleString('en')}`),
      el('dt', {}, 'Generation'), el('dd', {}, found.generation ? String(found.generation) : 'none'),
      el('dt', {}, 'Last returned'), el('dd', {}, String(returned)),
      el('dt', {}, 'File'), el('dd', {}, el('code', {}, file))));
}

function showDrill(report) {
  const running = report.status === 'RUNNING';
  id('drill').disabled = running;
  if (running) {
    say(id('drilled'), 'The writers run. They are killed in a moment…');
  } else if (report.status === 'FAILED') {
    say(id('drilled'), `There is no result: ${report.problem}`, 'bad');
  } else if (report.status === 'DONE') {
    const more = report.kills > 1 ? ` It took ${report.kills} kills to hit the plain file in the middle.` : '';
    const rest = report.unfinished ? ` The unfinished write of atomicwrite is ${report.unfinished.toLocaleString('en')} bytes in a staging file, which no reader sees and housekeeping removes.` : '';
    say(id('drilled'), `Killed.${more}${rest}`);
    id('left').replaceChildren(el('div', {class: 'pair'}, left('Written with atomicwrite', report.atomic), left('Written with Files.write', report.plain)));
  }
  return running;
}

async function followDrill() {
  try {
    if (showDrill((await ask('api/tour/drill')).json)) {
      setTimeout(followDrill, SECOND / 4);
    }
  } catch {
    setTimeout(followDrill, SECOND);
  }
}

id('drill').addEventListener('click', event => act(id('drilled'), event.target, async () => {
  showDrill((await ask('api/tour/drill', 'POST', {})).json);
}).then(followDrill));

// what goes on

async function follow(state) {
  const problem = id('problem');
  problem.hidden = !state.problem;
  problem.textContent = state.problem ? `${state.problem}. The last valid settings stay in use. Correct the file, or save in one of the forms above.` : '';
  id('status').textContent = `${state.status.toLowerCase()}, ${origins[state.source]}`;
  id('version').textContent = state.version;
  const seen = `${state.version} ${state.since}`;
  if (seen === shownVersion) {
    return;
  }
  const first = shownVersion === null;
  shownVersion = seen;
  if (!first) {
    noticed(state);
  }
  const stored = await ask('api/settings');
  id('revision').textContent = stored.tag ? stored.json.revision : 'none (defaults)';
  for (const person of forms) {
    if (!person.busy && person.tag !== stored.tag && !person.typed.size) {
      fill(person, stored);
      say(said(person), first ? '' : 'Shows what someone else has saved.');
    }
  }
  if (first) {
    forms.forEach(person => buildOn(person, stored));
  }
  if (!handEdited && !state.problem) {
    await readFile();
  }
  await showHistory();
}

async function look() {
  try {
    await follow((await ask('api/settings/state')).json);
    id('lost').hidden = true;
  } catch {
    id('lost').hidden = false;
  }
}

async function watch() {
  await look();
  setTimeout(watch, SECOND);
}

watch();
followDrill();
