// Checks a built site: node check.mjs SITE REPOSITORY. Every link within it leads to a page and an anchor that is there, every page has one title and can be
// reached from the navigation of the start page, and the pages of the repository itself link what exists.
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';

const [site, repository] = process.argv.slice(2).map(one => resolve(one));
const base = process.env.SITE_BASE ?? '/';
const problems = [];
let links = 0;

function files(directory, keep) {
  return readdirSync(directory, {withFileTypes: true}).flatMap(entry => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? files(path, keep) : keep(entry.name) ? [path] : [];
  });
}

function decode(text) {
  return text.replace(/&amp;/g, '&').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>');
}

class Page {
  constructor(file) {
    this.name = relative(site, file);
    const html = readFileSync(file, 'utf8').replace(/<script[\s\S]*?<\/script>/g, '');
    this.ids = new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(one => decode(one[1])));
    this.links = [...html.matchAll(/<(?:a|img|link)\s[^>]*?(?:href|src)="([^"]*)"/g)].map(one => decode(one[1]));
    this.titles = [...html.matchAll(/<h1[\s>]/g)].length;
    this.title = /<title>([^<]*)<\/title>/.exec(html)?.[1].trim() ?? '';
    const navigation = /<aside class="VPSidebar[\s\S]*?<\/aside>/.exec(html)?.[0] ?? '';
    this.navigation = [...navigation.matchAll(/<a\s[^>]*?href="([^"]*)"/g)].map(one => decode(one[1]));
  }

  /** Returns the file that a link leads to and its anchor, or nothing where it leaves the site. */
  target(link) {
    if (/^[a-z]+:/.test(link)) {
      return undefined;
    }
    const url = new URL(link, `http://site${base}${this.name}`);
    let path = decodeURI(url.pathname).slice(base.length);
    if (path === '' || path.endsWith('/')) {
      path += 'index.html';
    }
    return {path, anchor: decodeURIComponent(url.hash.slice(1))};
  }
}

const pages = new Map(files(site, name => name.endsWith('.html') && name !== '404.html').map(file => new Page(file)).map(page => [page.name, page]));
const home = pages.get('index.html');
if (!home) {
  problems.push('there is no start page');
}
for (const page of pages.values()) {
  for (const link of page.links) {
    const target = page.target(link);
    if (!target) {
      continue;
    }
    links++;
    if (!existsSync(join(site, target.path)) || !statSync(join(site, target.path)).isFile()) {
      problems.push(`${page.name}: nothing is at ${link}`);
    } else if (target.anchor && pages.has(target.path) && !pages.get(target.path).ids.has(target.anchor)) {
      problems.push(`${page.name}: there is no anchor ${link}`);
    }
  }
  if (page.titles !== 1 || page.title.replace(/\|.*/, '').trim() === '') {
    problems.push(`${page.name} has no title, or more than one`);
  }
}
const reachable = new Set(['index.html', ...(home?.navigation ?? []).map(link => home.target(link)?.path)]);
for (const name of pages.keys()) {
  if (!reachable.has(name)) {
    problems.push(`${name}: no way leads there from the navigation`);
  }
}
const sources = files(process.env.SITE_SOURCES, name => name.endsWith('.md'));
if (sources.length !== pages.size) {
  problems.push(`${sources.length} pages were written, and ${pages.size} were built`);
}
if (!files(site, name => /localSearchIndex.*\.js$/.test(name)).length) {
  problems.push('there is no index of the search');
}

// the pages that stay in the repository
const kept = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'].map(name => join(repository, name));
const anchors = file => new Set([...readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} (.+)$/gm)]
  .map(one => one[1].replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').trim().toLowerCase().replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '').replace(/ /g, '-')));
for (const file of kept.filter(existsSync)) {
  const text = readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  for (const [, link] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^([a-z]+:|\.\.\/)/.test(link)) {
      continue;
    }
    links++;
    const [path, anchor] = link.split('#');
    const target = path ? resolve(dirname(file), path) : file;
    if (!existsSync(target)) {
      problems.push(`${relative(repository, file)}: nothing is at ${link}`);
    } else if (anchor && target.endsWith('.md') && !anchors(target).has(anchor)) {
      problems.push(`${relative(repository, file)}: there is no anchor ${link}`);
    }
  }
}

problems.forEach(problem => console.log(problem));
console.log(`${pages.size} pages, ${links} links, ${problems.length} broken`);
process.exitCode = problems.length ? 1 : 0;
