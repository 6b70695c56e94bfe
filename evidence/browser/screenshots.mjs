// Takes the pictures of the docs: both pages, wide and narrow, light and dark.
import {mkdir, rm, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {Application, eventually, holdLock, NARROW, openBrowser, openPage, WIDE} from './stage.mjs';

const directory = process.argv[2];
const DATA = '/tmp/settings-service';
await rm(DATA, {recursive: true, force: true});
await mkdir(directory, {recursive: true});
const browser = await openBrowser();
const application = await Application.start('--management.endpoint.atomicwrite.access=unrestricted', '--atomicwrite.lock.timeout=120s', '--atomicwrite.housekeeping.enabled=false', `--sample.data=${DATA}`);

async function text(page, selector, pattern) {
  await eventually(async () => {
    if (!pattern.test(await page.locator(selector).innerText())) {
      throw new Error(`${selector} does not show ${pattern}`);
    }
  }, 60_000);
}

/** The whole page, or the beginning of one that a narrow window makes long. */
async function picture(page, name, viewport, colorScheme) {
  await page.evaluate(() => document.activeElement.blur());
  const height = Math.min(viewport.width === NARROW.width ? 1600 : Infinity, await page.evaluate(() => document.documentElement.scrollHeight));
  await page.screenshot({path: join(directory, `${name}-${viewport.width}-${colorScheme}.png`), fullPage: true, clip: {x: 0, y: 0, width: viewport.width, height}});
  await page.context().close();
}

async function console(viewport, colorScheme) {
  const page = await openPage(browser, application.url('/actuator/atomicwrite/console'), {viewport, colorScheme});
  await text(page, '#lock-list', /Waiting/);
  await page.getByRole('button', {name: 'Sweep: dry run: exports'}).click();
  await text(page, '#directory-list [data-name="exports"]', /would remove/);
  await page.locator('#directory-list [data-name="drill"] summary').click();
  await picture(page, 'console', viewport, colorScheme);
}

async function tour(viewport, colorScheme) {
  const page = await openPage(browser, application.url('/'), {viewport, colorScheme});
  await text(page, '#history', /Bring back/);
  if (!/Whole/.test(await page.locator('#left').innerText())) {
    await page.getByRole('button', {name: 'Start and kill the writers'}).click();
    await text(page, '#left', /Whole/);
  }
  for (const [who, title] of [['Ann', 'Winter sale'], ['Ben', 'Summer sale']]) {
    await page.locator(`form[data-person="${who}"]`).getByLabel('Title').fill(title);
  }
  await page.getByRole('button', {name: 'Save Ann’s settings'}).click();
  await text(page, 'form[data-person="Ann"] .said', /Saved/);
  await page.getByRole('button', {name: 'Save Ben’s settings'}).click();
  await text(page, 'form[data-person="Ben"] .said', /Conflict/);
  await page.getByRole('button', {name: 'Write the export'}).click();
  await text(page, '#export', /Written/);
  await picture(page, 'tour', viewport, colorScheme);
}

const looks = [WIDE, NARROW].flatMap(viewport => ['light', 'dark'].map(scheme => [viewport, scheme]));
for (const title of ['Untitled', 'Spring sale', 'Autumn sale']) {
  await application.put(title);
}
for (const look of looks) {
  await tour(...look);
}
const orphan = join(DATA, 'exports', '.orders.csv.0123456789abcdef.tmp');
await writeFile(orphan, 'x'.repeat(300_000));
const old = new Date(Date.now() - 26 * 3600 * 1000);
await utimes(orphan, old, old);
const holder = await holdLock(join(DATA, 'settings', 'settings.json'));
const write = application.put('Waits');
for (const look of looks) {
  await console(...look);
}
await holder.release();
await write;
await application.stop();
await rm(DATA, {recursive: true, force: true});
await browser.close();
