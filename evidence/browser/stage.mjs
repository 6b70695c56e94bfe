// Starts the sample application and a browser for the tests.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {chromium} from 'playwright-core';

const START_LIMIT = 300_000;
const DATA = '--sample.data=';
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const WIDE = {width: 1280, height: 900};
export const NARROW = {width: 390, height: 844};

/** The application with a directory of its own, on ports that are free. */
export class Application {

  static async start(...options) {
    const data = options.find(one => one.startsWith(DATA))?.slice(DATA.length) ?? await mkdtemp(join(tmpdir(), 'atomicwrite-browser-'));
    const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
    const child = spawn(java, ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-jar', process.env.SAMPLE_JAR, '--server.port=0', '--server.address=127.0.0.1', `${DATA}${data}`, ...options.filter(one => !one.startsWith(DATA))], {stdio: ['ignore', 'pipe', 'inherit']});
    // also where a script fails before it stops the application
    process.once('exit', () => child.kill('SIGKILL'));
    const ports = [];
    const started = new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error('the application has not started')), START_LIMIT);
      createInterface({input: child.stdout}).on('line', line => {
        const port = /started on port (\d+)/.exec(line);
        if (port) {
          ports.push(Number(port[1]));
        }
        if (/Started SampleApplication/.test(line)) {
          clearTimeout(limit);
          resolve();
        }
      });
      child.once('exit', code => reject(new Error(`the application has ended with status ${code}`)));
    });
    await started;
    return new Application(child, data, ports);
  }

  constructor(child, data, ports) {
    this.child = child;
    this.data = data;
    this.ports = ports;
  }

  url(path = '/', port = this.ports[0]) {
    return `http://127.0.0.1:${port}${path}`;
  }

  get settings() {
    return join(this.data, 'settings', 'settings.json');
  }

  async put(title, theme = 'DARK') {
    const response = await fetch(this.url('/api/settings'), {method: 'PUT', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({title, theme, maxConnections: 10, revision: 1})});
    assert.equal(response.status, 200, await response.text());
  }

  async kill() {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGKILL');
      await once(this.child, 'exit');
    }
  }

  async stop() {
    await this.kill();
    await rm(this.data, {recursive: true, force: true});
  }

}

/** Another program that holds the lock of a file, by the lock file beside it. */
export async function holdLock(target) {
  const program = 'import fcntl, sys\nf = open(sys.argv[1] + ".lock", "a")\nfcntl.lockf(f, fcntl.LOCK_EX)\nprint("held", flush=True)\nsys.stdin.read()';
  const child = spawn('python3', ['-c', program, target], {stdio: ['pipe', 'pipe', 'inherit']});
  const [first] = await once(createInterface({input: child.stdout}), 'line');
  assert.equal(first, 'held');
  return {pid: child.pid, async release() { child.stdin.end(); await once(child, 'exit'); }};
}

export async function openBrowser() {
  return chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']});
}

/** A page of which every error and every violation of its content security policy is kept. */
export async function openPage(browser, url, {viewport = WIDE, colorScheme = 'light'} = {}) {
  const context = await browser.newContext({viewport, colorScheme, locale: 'en-GB', reducedMotion: 'reduce', bypassCSP: false});
  const page = await context.newPage();
  page.errors = [];
  page.on('pageerror', error => page.errors.push(String(error)));
  page.on('console', message => {
    // answers such as a conflict are part of the tests; they are not errors of the page
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) {
      page.errors.push(message.text());
    }
  });
  const response = await page.goto(url);
  assert.equal(response.status(), 200, url);
  return page;
}

export async function closePage(page) {
  assert.deepEqual(page.errors, []);
  await page.context().close();
}

/** Neither a rule of axe is broken, nor does anything stick out of the window. */
export async function assertAccessible(page) {
  // an evaluated script is not subject to the policy of the page
  await page.evaluate(axe);
  const {violations} = await page.evaluate(() => window.axe.run(document, {resultTypes: ['violations']}));
  assert.deepEqual(violations.map(one => `${one.id}: ${one.nodes.map(node => node.html).join(' ')}`), []);
  const {inner, scroll} = await page.evaluate(() => ({inner: window.innerWidth, scroll: document.documentElement.scrollWidth}));
  assert.ok(scroll <= inner, `${scroll} px in a window of ${inner} px`);
}

/** Awaits that something becomes true, as a person who looks again would. */
export async function eventually(assertion, limit = 20_000) {
  const end = Date.now() + limit;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}
