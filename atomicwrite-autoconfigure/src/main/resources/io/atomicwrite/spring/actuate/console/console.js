// Asks the endpoint every two seconds, and shows what has changed.
import {badge, el, show} from './page.js';
import * as panels from './panels.js';

const PAUSE = 2000;
const MANY = 8;
const endpoint = location.pathname.replace(/\/console\/?$/, '');
const writable = document.body.dataset.access === 'UNRESTRICTED';
const place = id => document.getElementById(id);
const results = new Map();
const changes = new Map();
let paused = false;
let last = null;
let summary = '';

/** Spring Security's cookie, where an application uses it for its pages. */
function token() {
  const cookie = document.cookie.split('; ').find(one => one.startsWith('XSRF-TOKEN='));
  return cookie ? {'X-XSRF-TOKEN': decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1))} : {};
}

async function ask(path, body) {
  const options = body === undefined ? {cache: 'no-store'} : {method: 'POST', headers: {'Content-Type': 'application/json', ...token()}, body: JSON.stringify(body)};
  const response = await fetch(endpoint + path, {headers: {Accept: 'application/json'}, ...options});
  const json = await response.json().catch(() => ({}));
  if (response.status === 403) {
    throw new Error(body === undefined || Object.keys(token()).length ? 'you have no right to it (status 403)'
      : 'status 403. You have no right to it, or the CSRF protection of the application wants a token: this page takes it from the cookie XSRF-TOKEN, which there is none of. In Spring Security, configure http.csrf(CsrfConfigurer::spa)');
  }
  if (!response.ok) {
    throw new Error(json.detail ?? json.message ?? json.error ?? `status ${response.status}`);
  }
  return json;
}

const of = name => `/${encodeURIComponent(name)}`;

/** Runs an action of a directory and shows its result there. */
async function act(name, title, action) {
  results.set(name, {state: 'running', title});
  draw();
  try {
    results.set(name, {state: 'done', content: await action()});
  } catch (error) {
    results.set(name, {state: 'failed', title, error: error.message});
  }
  draw();
}

function confirm(title, text, verb) {
  const dialog = place('confirm');
  place('confirm-title').textContent = title;
  place('confirm-text').textContent = text;
  place('confirm-yes').textContent = verb;
  return new Promise(resolve => {
    place('confirm-yes').onclick = () => dialog.close('yes');
    place('confirm-no').onclick = () => dialog.close('');
    dialog.onclose = () => resolve(dialog.returnValue === 'yes');
    dialog.returnValue = '';
    dialog.showModal();
  });
}

async function dryRun(name) {
  act(name, 'the dry run', async () => {
    const report = await ask(of(name), {dryRun: true});
    const found = Object.values(report.removed).reduce((sum, one) => sum + one.count, 0);
    return {kind: 'sweep', report, removable: found};
  });
}

async function sweepNow(name, files) {
  if (await confirm(`Sweep ${name}?`, `This removes ${panels.count(files, 'file')} that nobody uses. It can’t be undone.`, 'Sweep')) {
    act(name, 'the sweep', async () => ({kind: 'sweep', report: await ask(of(name), {dryRun: false}), removable: 0}));
  }
}

async function restore(name, backup) {
  if (await confirm(`Restore ${backup.target}?`, `It gets the content of ${backup.name} again. Where backups are made, one of the present content is kept first.`, 'Restore')) {
    act(name, 'the restore', async () => {
      await ask(`${of(name)}/restore`, {file: backup.target, backup: backup.name});
      return {kind: 'restored', backup, listing: await ask(`/console/backups${of(name)}`)};
    });
  }
}

async function accept(name, file) {
  if (await confirm(`Accept ${file}?`, 'What it holds now counts as the good content from then on. Accept only an edit that you know of: after damage, restore a backup.', 'Accept')) {
    act(name, `the acceptance of ${file}`, async () => {
      await ask(`${of(name)}/accept`, {file});
      last = await ask('');
      return {kind: 'accepted', file};
    });
  }
}

function result(name) {
  const found = results.get(name);
  if (!found) {
    return [];
  }
  if (found.state === 'running') {
    return [panels.empty(`Waiting for ${found.title}…`)];
  }
  if (found.state === 'failed') {
    return [el('p', {class: 'notice bad'}, `There is no result of ${found.title}: ${found.error}.`)];
  }
  const {kind, report, listing, removable, backup, file} = found.content;
  const again = listing && panels.backups(listing, writable ? one => restore(name, one) : undefined);
  switch (kind) {
    case 'doctor': return panels.doctor(report);
    case 'sweep': return [...panels.sweep(report), removable ? el('div', {class: 'actions'}, el('button', {type: 'button', id: `sweep-now-${name}`, onclick: () => sweepNow(name, removable)}, `Sweep now: ${panels.count(removable, 'file')}`)) : undefined].filter(Boolean);
    case 'accepted': return [el('p', {}, badge('good', `${file} is accepted as it is`))];
    case 'restored': return [el('p', {}, badge('good', `${backup.target} has the content of ${backup.name} again`)), ...again];
    default: return again;
  }
}

function actions(name) {
  const button = (id, text, enabled, action) => el('button', {type: 'button', id: `${id}-${name}`, disabled: !enabled, 'aria-label': `${text}: ${name}`, onclick: action}, text);
  return el('div', {class: 'actions'},
    button('doctor', 'Ask the doctor', true, () => act(name, 'the diagnosis', async () => ({kind: 'doctor', report: await ask(`/console/doctor${of(name)}`)}))),
    button('backups', 'Show backups', true, () => act(name, 'the list of backups', async () => ({kind: 'backups', listing: await ask(`/console/backups${of(name)}`)}))),
    button('dry', 'Sweep: dry run', writable, () => dryRun(name)));
}

/** A part of its own for each name, so that it stays open and keeps the focus. */
function parts(list, entries, open, create, update) {
  for (const part of [...list.children]) {
    if (!Object.hasOwn(entries, part.dataset.name ?? '')) {
      part.remove();
    }
  }
  for (const [name, entry] of Object.entries(entries)) {
    let part = [...list.children].find(one => one.dataset.name === name);
    if (!part) {
      part = el('details', {class: 'card', 'data-name': name, open: open(entry)}, el('summary'), el('div', {class: 'inside'}, ...create(name)));
      list.append(part);
    }
    update(part, name, entry);
  }
}

function drawDirectories(directories) {
  const list = place('directory-list');
  const names = Object.keys(directories);
  place('filter').hidden = names.length <= MANY;
  const wanted = place('filter').querySelector('input').value.toLowerCase();
  const shown = Object.fromEntries(Object.entries(directories).filter(([name]) => name.toLowerCase().includes(wanted)));
  if (Object.keys(shown).length === 0) {
    list.replaceChildren(panels.empty(names.length ? 'No directory has such a name.' : 'No directory is managed. Name one with atomicwrite.directories.<name>.path.'));
    return;
  }
  parts(list, shown, directory => names.length <= 3 || Boolean(directory.error),
    name => [el('div', {class: 'facts'}), el('div', {class: 'damaged', role: 'status'}), el('div', {class: 'guarantees'}), actions(name), el('div', {class: 'result', role: 'status'})],
    (part, name, directory) => {
      show(part.querySelector('summary'), [name, directory.path, directory.error, directory.stale, directory.guarantees, directory.damaged], () => [el('strong', {}, name), el('span', {class: 'path'}, directory.path), panels.directoryState(directory)]);
      show(part.querySelector('.facts'), [directory], () => panels.directoryFacts(directory));
      show(part.querySelector('.damaged'), [directory.damaged ?? []], () => panels.damaged(directory.damaged ?? [], writable ? file => accept(name, file) : undefined));
      show(part.querySelector('.guarantees'), directory.guarantees, () => [el('h3', {}, 'Guarantees'), panels.guarantees(directory)]);
      show(part.querySelector('.result'), results.get(name) ?? '', () => result(name));
    });
}

function drawDocuments(documents) {
  const list = place('document-list');
  if (Object.keys(documents).length === 0) {
    list.replaceChildren(panels.empty('No document is open.'));
    return;
  }
  parts(list, documents, () => Object.keys(documents).length <= 3, () => [el('div', {class: 'document', role: 'status'})], (part, name, entry) => {
    show(part.querySelector('summary'), [name, entry.path, entry.status], () => [el('strong', {}, name), el('span', {class: 'path'}, entry.path), panels.documentState(entry)]);
    show(part.querySelector('.document'), [entry, changes.get(name)?.json ?? ''], () => panels.documentDetails(entry, changes.get(name)?.json).flat().filter(Boolean));
  });
}

function draw() {
  if (!last) {
    return;
  }
  drawDirectories(last.directories);
  drawDocuments(last.documents);
  // times go on while anything is listed
  const beat = one => one.length ? Math.floor(Date.now() / 1000) : 0;
  show(place('lock-list'), [last.locks, beat([...last.locks.held, ...last.locks.waiting])], () => panels.locks(last.locks));
  show(place('write-list'), [last.writes, beat(last.writes.active)], () => panels.writes(last.writes));
  announce();
}

/** Only what an operator would want to hear is announced. */
function announce() {
  const broken = Object.entries(last.directories).filter(([, one]) => one.error || one.usable === false).map(([name]) => name);
  const invalid = Object.entries(last.documents).filter(([, one]) => one.status === 'INVALID').map(([name]) => name);
  const waiting = last.locks.waitingCount ?? last.locks.waiting.length;
  const news = [
    broken.length ? `Not usable: ${broken.join(', ')}.` : '',
    invalid.length ? `Invalid: ${invalid.join(', ')}.` : '',
    waiting ? `${panels.count(waiting, 'thread waits', 'threads wait')} for a lock.` : ''
  ].filter(Boolean).join(' ') || 'All directories are usable, all documents are valid, and nobody waits for a lock.';
  if (news !== summary) {
    summary = news;
    place('news').textContent = news;
  }
}

/** What has changed in a document is asked for only after a change. */
async function followChanges() {
  for (const [name, entry] of Object.entries(last.documents)) {
    const seen = `${entry.version} ${entry.since}`;
    if (changes.get(name)?.seen !== seen) {
      changes.set(name, {seen, json: await ask(`/console/changes${of(name)}`)});
    }
  }
}

async function refresh() {
  try {
    last = await ask('');
    await followChanges();
    place('lost').hidden = true;
    place('updated').textContent = `Updated at ${new Date().toLocaleTimeString()}`;
    draw();
  } catch (error) {
    place('lost').textContent = `The application does not answer (${error.message}). What is shown is what it said last.`;
    place('lost').hidden = false;
  }
}

async function follow() {
  if (!paused && !document.hidden) {
    await refresh();
  }
  setTimeout(follow, PAUSE);
}

place('access').hidden = writable;
place('filter').querySelector('input').addEventListener('input', draw);
place('pause').addEventListener('click', event => {
  paused = !paused;
  event.target.setAttribute('aria-pressed', paused);
  event.target.textContent = paused ? 'Continue' : 'Pause';
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && !paused) {
    refresh();
  }
});
follow();
