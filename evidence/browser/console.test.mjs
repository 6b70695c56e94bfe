import assert from 'node:assert/strict';
import {access, mkdir, readdir, readFile, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {Application, assertAccessible, closePage, eventually, holdLock, NARROW, openBrowser, openPage, WIDE} from './stage.mjs';

const CONSOLE = '/actuator/atomicwrite/console';
let browser;
let application;

before(async () => {
  browser = await openBrowser();
  application = await Application.start('--management.endpoint.atomicwrite.access=unrestricted', '--atomicwrite.lock.timeout=60s', '--atomicwrite.housekeeping.enabled=false');
  await application.put('First');
});

after(async () => {
  await application?.stop();
  await browser?.close();
});

const text = (page, selector) => page.locator(selector).innerText();
const shows = (page, selector, pattern) => eventually(async () => assert.match(await text(page, selector), pattern));
const part = (list, name) => `#${list} [data-name="${name}"]`;

async function orphan() {
  const file = join(application.data, 'exports', '.old.csv.0123456789abcdef.tmp');
  await mkdir(join(application.data, 'exports'), {recursive: true});
  await writeFile(file, 'unfinished');
  const long = new Date(Date.now() - 24 * 3600 * 1000);
  await utimes(file, long, long);
  return file;
}

test('shows each directory with the levels of its guarantees and their reasons', async () => {
  const page = await openPage(browser, application.url(CONSOLE));
  await shows(page, part('directory-list', 'settings'), /crash durability\s+\S?\s*(guaranteed|best effort|unsupported)/);
  const rows = page.locator(`${part('directory-list', 'settings')} .guarantees tbody tr`);
  assert.equal(await rows.count(), 4);
  for (const reason of await rows.locator('td:last-child').allInnerTexts()) {
    assert.ok(reason.length > 5, reason);
  }
  assert.match(await text(page, part('directory-list', 'exports')), /exports/);
  await closePage(page);
});

test('shows the last writes with their outcome and slowest phase', async () => {
  const page = await openPage(browser, application.url(CONSOLE));
  await application.put('Second');
  await shows(page, '#write-list', /settings\.json[\s\S]*(durable|visible)[\s\S]*ms/);
  await closePage(page);
});

test('shows who waits for a lock, and the phase of the write that waits', async () => {
  const page = await openPage(browser, application.url(CONSOLE));
  const holder = await holdLock(application.settings);
  const write = application.put('Third');
  await shows(page, '#lock-list', /Waiting[\s\S]*settings\.json[\s\S]*process/);
  await shows(page, '#write-list', /Under way[\s\S]*lock \(3 of 11\)/);
  await shows(page, '#news', /1 thread waits for a lock/);
  await assertAccessible(page);
  await holder.release();
  await write;
  await shows(page, '#lock-list', /No lock is held/);
  await shows(page, '#news', /nobody waits/);
  await closePage(page);
});

test('shows an invalid document and its place, and what the next edit has changed', async () => {
  const page = await openPage(browser, application.url(CONSOLE));
  await application.put('Valid');
  await writeFile(application.settings, '{\n  "title": "Torn');
  await shows(page, part('document-list', 'settings'), /invalid[\s\S]*line 2, column/);
  await shows(page, '#news', /Invalid: settings/);
  await assertAccessible(page);
  await writeFile(application.settings, '{\n  "title": "By hand", "theme": "DARK", "maxConnections": 10, "revision": 1\n}');
  await shows(page, part('document-list', 'settings'), /Last change[\s\S]*edit by someone else[\s\S]*\/title[\s\S]*Valid[\s\S]*By hand/);
  await closePage(page);
});

test('the doctor answers', async () => {
  const page = await openPage(browser, application.url(CONSOLE));
  await page.getByRole('button', {name: 'Ask the doctor: settings'}).click();
  await shows(page, part('directory-list', 'settings'), /The doctor found[\s\S]*directory exists[\s\S]*atomic-write doctor --probe/);
  await assertAccessible(page);
  await closePage(page);
});

test('a sweep is tried first, then confirmed, then done', async () => {
  const file = await orphan();
  const page = await openPage(browser, application.url(CONSOLE));
  await page.getByRole('button', {name: 'Sweep: dry run: exports'}).click();
  await shows(page, part('directory-list', 'exports'), /A sweep would remove[\s\S]*staging/);
  await access(file);
  await page.getByRole('button', {name: 'Sweep now: 1 file'}).click();
  await assertAccessible(page);
  await page.getByRole('button', {name: 'Cancel'}).click();
  await access(file);
  await page.getByRole('button', {name: 'Sweep now: 1 file'}).click();
  await page.getByRole('button', {name: 'Sweep', exact: true}).click();
  await shows(page, part('directory-list', 'exports'), /The sweep removed[\s\S]*staging/);
  await assert.rejects(access(file));
  await closePage(page);
});

test('a backup is listed, and restored after a question', async () => {
  await application.put('To be restored');
  await application.put('Newest');
  const page = await openPage(browser, application.url(CONSOLE));
  await page.getByRole('button', {name: 'Show backups: settings'}).click();
  await shows(page, part('directory-list', 'settings'), /Backups[\s\S]*settings\.json/);
  await assertAccessible(page);
  await page.getByRole('button', {name: /^Restore settings\.json/}).first().click();
  await page.getByRole('button', {name: 'Restore', exact: true}).click();
  await shows(page, part('directory-list', 'settings'), /has the content of/);
  await eventually(async () => {
    const {title} = await (await fetch(application.url('/api/settings'))).json();
    assert.equal(title, 'To be restored');
  });
  await closePage(page);
});

test('a file that was edited by hand is named, and accepted after a question', async () => {
  const post = (path, body) => fetch(application.url(path), {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)});
  const verify = async () => (await (await fetch(application.url('/api/tour/export'))).json()).intact;
  assert.equal((await post('/api/tour/export', {rows: 3})).status, 200);
  const exports = join(application.data, 'exports');
  const name = (await readdir(exports)).find(one => one.startsWith('verified') && !/sha256|lock|backup|manifest/.test(one));
  await writeFile(join(exports, name), 'edited by hand\n');
  assert.equal(await verify(), false);
  const page = await openPage(browser, application.url(CONSOLE));
  await shows(page, part('directory-list', 'exports'), /do not match their checksum[\s\S]*verified/);
  await assertAccessible(page);
  await page.getByRole('button', {name: `Accept ${name} as it is`}).click();
  await assertAccessible(page);
  await page.getByRole('button', {name: 'Cancel'}).click();
  assert.equal(await verify(), false);
  await page.getByRole('button', {name: `Accept ${name} as it is`}).click();
  await page.getByRole('button', {name: 'Accept', exact: true}).click();
  await shows(page, part('directory-list', 'exports'), /is accepted as it is/);
  assert.equal(await verify(), true);
  assert.equal(await readFile(join(exports, name), 'utf8'), 'edited by hand\n');
  await eventually(async () => assert.doesNotMatch(await text(page, part('directory-list', 'exports')), /do not match their checksum/));
  await closePage(page);
});

test('all of it by keyboard: skip, fold, ask, answer', async () => {
  await orphan();
  const page = await openPage(browser, application.url(CONSOLE));
  await shows(page, part('directory-list', 'exports'), /Guarantees/);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  const reach = async wanted => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText);
      if (name.startsWith(wanted)) {
        return;
      }
    }
    assert.fail(`${wanted} is not reached`);
  };
  await reach('exports');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator(part('directory-list', 'exports')).getAttribute('open'), null);
  await page.keyboard.press('Enter');
  await reach('Sweep: dry run: exports');
  await page.keyboard.press('Enter');
  await shows(page, part('directory-list', 'exports'), /A sweep would remove/);
  await reach('Sweep now');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  assert.match(await page.evaluate(() => document.activeElement.innerText), /Sweep now/);
  await closePage(page);
});

test('a pause stops the page, and a refresh keeps what is open and focused', async () => {
  const page = await openPage(browser, application.url(CONSOLE));
  await page.locator(`${part('directory-list', 'exports')} summary`).click();
  await page.getByRole('button', {name: 'Ask the doctor: settings'}).focus();
  const before = await text(page, '#updated');
  await eventually(async () => assert.notEqual(await text(page, '#updated'), before));
  assert.equal(await page.locator(part('directory-list', 'exports')).getAttribute('open'), null);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'doctor-settings');
  await page.getByRole('button', {name: 'Pause'}).click();
  assert.equal(await page.getByRole('button', {name: 'Continue'}).getAttribute('aria-pressed'), 'true');
  await closePage(page);
});

for (const viewport of [NARROW, WIDE]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`nothing is wrong at ${viewport.width} px, ${colorScheme}`, async () => {
      const page = await openPage(browser, application.url(CONSOLE), {viewport, colorScheme});
      await shows(page, '#write-list', /Last writes/);
      await page.getByRole('button', {name: 'Show backups: settings'}).click();
      await page.getByRole('button', {name: 'Ask the doctor: exports'}).click();
      await shows(page, part('directory-list', 'exports'), /The doctor found/);
      await assertAccessible(page);
      await closePage(page);
    });
  }
}

test('below a context path and on a port of its own, read only, until the application is gone', async () => {
  const other = await Application.start('--server.servlet.context-path=/app', '--management.server.port=0', '--management.server.base-path=/ops');
  try {
    const page = await openPage(browser, other.url(`/ops${CONSOLE}`, other.ports[1]));
    await shows(page, part('directory-list', 'settings'), /Guarantees/);
    assert.match(await text(page, '#access'), /Read only/);
    assert.ok(await page.getByRole('button', {name: 'Sweep: dry run: settings'}).isDisabled());
    await page.getByRole('button', {name: 'Ask the doctor: settings'}).click();
    await shows(page, part('directory-list', 'settings'), /The doctor found/);
    await page.getByRole('button', {name: 'Show backups: exports'}).click();
    await shows(page, part('directory-list', 'exports'), /There are no backups/);
    await assertAccessible(page);
    assert.equal((await fetch(other.url('/app/actuator/atomicwrite/console'))).status, 404);
    await other.kill();
    await shows(page, '#lost', /does not answer/);
    await assertAccessible(page);
    await closePage(page);
  } finally {
    await other.stop();
  }
});
