import assert from 'node:assert/strict';
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {Application, assertAccessible, closePage, eventually, NARROW, openBrowser, openPage, WIDE} from './stage.mjs';

let browser;
let application;

before(async () => {
  browser = await openBrowser();
  application = await Application.start();
});

after(async () => {
  await application?.stop();
  await browser?.close();
});

const shows = (page, selector, pattern) => eventually(async () => assert.match(await page.locator(selector).innerText(), pattern));
const person = (page, name) => page.locator(`form[data-person="${name}"]`);
const title = async () => (await (await fetch(application.url('/api/settings'))).json()).title;

async function tour(options) {
  const page = await openPage(browser, application.url('/'), options);
  await shows(page, '#status', /valid|defaulted/);
  return page;
}

async function name(page, who, value) {
  await person(page, who).getByLabel('Title').fill(value);
}

const save = (page, who) => page.getByRole('button', {name: `Save ${who}’s settings`}).click();

test('the tour begins with the defaults and nothing to undo', async () => {
  const page = await tour();
  assert.ok(await page.getByRole('button', {name: 'Undo the last change'}).isDisabled());
  await shows(page, '#history', /No settings have been replaced yet/);
  await assertAccessible(page);
  await closePage(page);
});

test('of two people who edit at once, the second sees the conflict and decides', async () => {
  const page = await tour();
  await name(page, 'Ann', 'Of Ann');
  await name(page, 'Ben', 'Of Ben');
  await save(page, 'Ann');
  await shows(page, 'form[data-person="Ann"] .said', /Saved by Ann/);
  await save(page, 'Ben');
  await shows(page, 'form[data-person="Ben"] .said', /Conflict/);
  assert.equal(await title(), 'Of Ann');
  await assertAccessible(page);
  await person(page, 'Ben').getByRole('button', {name: 'Save mine instead'}).click();
  await shows(page, 'form[data-person="Ben"] .said', /Saved by Ben/);
  assert.equal(await title(), 'Of Ben');
  await eventually(async () => assert.equal(await person(page, 'Ann').getByLabel('Title').inputValue(), 'Of Ben'));
  await name(page, 'Ann', 'Late');
  await name(page, 'Ben', 'Earlier');
  await save(page, 'Ben');
  await save(page, 'Ann');
  await shows(page, 'form[data-person="Ann"] .said', /Conflict/);
  await person(page, 'Ann').getByRole('button', {name: 'Show what is stored'}).click();
  await eventually(async () => assert.equal(await person(page, 'Ann').getByLabel('Title').inputValue(), 'Earlier'));
  await closePage(page);
});

test('what is typed before the first answer stays', async () => {
  const page = await openPage(browser, application.url('/'));
  await page.route('**/api/settings', async route => {
    await new Promise(resolve => setTimeout(resolve, 1000));
    await route.continue();
  });
  await page.reload();
  await name(page, 'Ann', 'Typed early');
  await eventually(async () => assert.match(await page.locator('#revision').innerText(), /\d|none/));
  assert.equal(await person(page, 'Ann').getByLabel('Title').inputValue(), 'Typed early');
  await save(page, 'Ann');
  await shows(page, 'form[data-person="Ann"] .said', /Saved by Ann/);
  assert.equal(await title(), 'Typed early');
  await closePage(page);
});

test('a value that is not allowed is refused at its field', async () => {
  const page = await tour();
  await name(page, 'Ann', ' ');
  await save(page, 'Ann');
  await eventually(async () => assert.equal(await person(page, 'Ann').getByLabel('Title').getAttribute('aria-invalid'), 'true'));
  await assertAccessible(page);
  await closePage(page);
});

test('an edit by hand is taken over, a broken one is refused, and nothing is lost', async () => {
  await application.put('Before the edit');
  const page = await tour();
  const text = page.getByLabel('settings.json');
  await eventually(async () => assert.match(await text.inputValue(), /Before the edit/));
  await text.fill((await text.inputValue()).replace('Before the edit', 'After the edit'));
  await page.getByRole('button', {name: 'Save by hand'}).click();
  await shows(page, '#noticed', /taken over an edit by hand/);
  await eventually(async () => assert.equal(await title(), 'After the edit'));
  await shows(page, '#status', /edited by someone else/);
  await page.getByRole('button', {name: 'Break it'}).click();
  await shows(page, '#problem', /settings\.json, line \d+, column \d+/);
  assert.equal(await title(), 'After the edit');
  await assertAccessible(page);
  await name(page, 'Ann', 'Mended');
  await save(page, 'Ann');
  await eventually(async () => assert.equal(await title(), 'Mended'));
  await eventually(async () => assert.ok(await page.locator('#problem').isHidden()));
  await closePage(page);
});

test('what was replaced comes back', async () => {
  await application.put('Older');
  await application.put('Newer');
  const page = await tour();
  await shows(page, '#history', /Older/);
  await page.getByRole('button', {name: 'Undo the last change'}).click();
  await shows(page, '#undone', /“Older” again/);
  assert.equal(await title(), 'Older');
  await page.getByRole('button', {name: /^Bring back .*: Newer/}).first().click();
  await shows(page, '#undone', /“Newer” again/);
  assert.equal(await title(), 'Newer');
  await assertAccessible(page);
  await closePage(page);
});

test('a bit that changes on the disk is found', async () => {
  const page = await tour();
  assert.ok(await page.getByRole('button', {name: 'Verify it'}).isDisabled());
  await page.getByRole('button', {name: 'Write the export'}).click();
  await shows(page, '#export', /Written: 100,000 rows/);
  await page.getByRole('button', {name: 'Verify it'}).click();
  await shows(page, '#export', /Intact/);
  await page.getByRole('button', {name: 'Change one bit'}).click();
  await shows(page, '#export', /was changed/);
  await page.getByRole('button', {name: 'Verify it'}).click();
  await shows(page, '#export', /Damaged/);
  await assertAccessible(page);
  await closePage(page);
});

test('the crash drill shows old or new beside what is torn, however often it is clicked', async () => {
  const page = await tour();
  const button = page.getByRole('button', {name: 'Start and kill the writers'});
  for (let clicks = 0; clicks < 5; clicks++) {
    await button.dispatchEvent('click');
  }
  await shows(page, '#drilled', /The writers run/);
  await eventually(async () => assert.match(await page.locator('#drilled').innerText(), /Killed/), 150_000);
  await shows(page, '#left', /Whole: the (old|new) content[\s\S]*(Torn|Empty)/);
  const {run, atomic, plain} = await (await fetch(application.url('/api/tour/drill'))).json();
  assert.equal(run, 1);
  const whole = await readFile(join(application.data, 'drill', 'with-atomicwrite.txt'), 'utf8');
  assert.equal(whole.split('\n').length - 1, atomic.expected);
  assert.ok(!plain.found.whole);
  assert.ok((await readdir(join(application.data, 'drill'))).every(file => /with-/.test(file)));
  await assertAccessible(page);
  await page.reload();
  await shows(page, '#left', /Whole/);
  await closePage(page);
});

test('settings are saved by keyboard alone', async () => {
  const page = await tour();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'title');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Enter');
  await shows(page, 'form[data-person="Ann"] .said', /Saved by Ann/);
  assert.equal(await title(), 'By keyboard');
  await closePage(page);
});

for (const viewport of [NARROW, WIDE]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`nothing is wrong at ${viewport.width} px, ${colorScheme}`, async () => {
      const page = await tour({viewport, colorScheme});
      await shows(page, '#history', /Bring back/);
      await shows(page, '#left', /Whole/);
      await assertAccessible(page);
      await closePage(page);
    });
  }
}
