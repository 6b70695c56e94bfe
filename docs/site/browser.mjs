// Looks at each page of a built site in Chromium, light and dark, wide and as on a phone: node browser.mjs SITE PICTURES [PAGE...]. No serious finding of axe, nothing
// that sticks out of the window, no error of a script, no request to elsewhere; the search finds a page. Takes pictures of some pages.
import {createServer} from 'node:http';
import {readFileSync, readdirSync, existsSync, mkdirSync, rmSync} from 'node:fs';
import {extname, join, relative, resolve} from 'node:path';
import {createRequire} from 'node:module';
import {chromium} from 'playwright-core';

const [site, pictures] = process.argv.slice(2).map(one => resolve(one));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const types = {'.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.json': 'application/json'};
const PICTURED = ['index.html', 'start.html', 'concepts/guarantees.html', 'reference/properties.html', 'proofs/crash-states.html', 'guide/containers.html', 'compared.html'];
const WINDOWS = [{width: 1280, height: 900}, {width: 390, height: 844}];
const problems = [];

const server = createServer((request, response) => {
  let path = decodeURI(new URL(request.url, 'http://site').pathname);
  path = path.endsWith('/') ? path + 'index.html' : path;
  const file = join(site, path);
  if (!existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {'content-type': types[extname(file)] ?? 'application/octet-stream'}).end(readFileSync(file));
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
const address = `http://127.0.0.1:${server.address().port}/`;

function pages(directory) {
  return readdirSync(directory, {withFileTypes: true}).flatMap(entry => entry.isDirectory() ? pages(join(directory, entry.name))
    : entry.name.endsWith('.html') && entry.name !== '404.html' ? [relative(site, join(directory, entry.name))] : []);
}

rmSync(pictures, {recursive: true, force: true});
mkdirSync(pictures, {recursive: true});
const browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']});

async function look(page, name, window, scheme) {
  await page.setViewportSize(window);
  await page.emulateMedia({colorScheme: scheme, reducedMotion: 'reduce'});
  await page.goto(address + name, {waitUntil: 'load'});
  await page.waitForFunction(() => document.querySelector('#app')?.__vue_app__);
  const where = `${name} at ${window.width} px, ${scheme}`;
  const {inner, scroll} = await page.evaluate(() => ({inner: window.innerWidth, scroll: document.documentElement.scrollWidth}));
  if (scroll > inner) {
    problems.push(`${where}: ${scroll} px wide`);
  }
  await page.evaluate(axe);
  const {violations} = await page.evaluate(() => window.axe.run(document, {resultTypes: ['violations']}));
  for (const one of violations.filter(({impact}) => impact === 'serious' || impact === 'critical')) {
    problems.push(`${where}: ${one.id}: ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' ')}`);
  }
  if (PICTURED.includes(name)) {
    await page.screenshot({path: join(pictures, `${name.replace(/[/.]/g, '-').replace(/-html$/, '')}-${window.width}-${scheme}.png`)});
  }
}

const names = process.argv.length > 4 ? process.argv.slice(4) : pages(site);
for (const window of WINDOWS) {
  for (const scheme of ['light', 'dark']) {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.on('pageerror', error => problems.push(`${page.url()}: ${error}`));
    page.on('request', request => {
      if (!request.url().startsWith(address) && !request.url().startsWith('data:')) {
        problems.push(`${page.url()}: asks for ${request.url()}`);
      }
    });
    // what differs between the windows and schemes is the same on every page: all are looked at once, the pictured ones in each
    for (const name of names.filter(one => PICTURED.includes(one) || (scheme === 'light') === (window.width === 390))) {
      await look(page, name, window, scheme);
    }
    await context.close();
  }
}

const page = await browser.newPage();
await page.goto(address);
await page.waitForFunction(() => document.querySelector('#app')?.__vue_app__);
await page.locator('.DocSearch-Button').first().click();
await page.locator('#localsearch-input').fill('lock timeout');
try {
  await page.locator('.VPLocalSearchBox .results a.result').first().waitFor({timeout: 60_000});
} catch (error) {
  problems.push(`the search finds nothing: ${error.message.split('\n')[0]}`);
}
await page.screenshot({path: join(pictures, 'search-1280-light.png')});
await browser.close();
server.close();
problems.forEach(problem => console.log(problem));
console.log(`${names.length} pages in Chromium, ${problems.length} problems`);
process.exitCode = problems.length ? 1 : 0;
