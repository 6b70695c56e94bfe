// The documentation as a site. The pages are those of docs/, which also read well on a Git host: what differs is adapted here, not there.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {navigation} from './navigation.mjs';

const docs = resolve(process.env.SITE_SOURCES);
const repository = resolve(process.env.SITE_REPOSITORY);
const sources = 'https://github.com/atomicwrite/atomicwrite/blob/main/';

/** Pages whose tables need the place of the outline. */
const WIDE = ['index.md', 'compared.md', 'reference/documents-compared.md', 'reference/filesystem-matrix.md', 'reference/exceptions.md'];

/** The anchors of a Git host, so that one link fits both. */
function slug(text) {
  return text.trim().toLowerCase().replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '').replace(/ /g, '-');
}

/** A link out of docs/ is one into the repository, if there is such a file. */
function outOfDocs(markdown) {
  const open = markdown.renderer.rules.link_open;
  markdown.core.ruler.push('repository_links', state => {
    const page = state.env.relativePath ?? '';
    for (const token of state.tokens.flatMap(one => one.children ?? [])) {
      const href = token.type === 'link_open' ? token.attrGet('href') : null;
      if (!href || /^([a-z]+:|#|\/)/.test(href)) {
        continue;
      }
      const [path, anchor] = href.split('#');
      const target = resolve(docs, dirname(page), decodeURI(path));
      const within = !relative(docs, target).startsWith('..');
      if (within && /\.md$/.test(path)) {
        continue;
      }
      const file = within ? join(repository, 'docs', relative(docs, target)) : join(repository, relative(resolve(docs, '..'), target));
      if (!existsSync(file)) {
        throw new Error(`${page}: no file for the link ${href}`);
      }
      token.attrSet('href', sources + relative(repository, file) + (anchor ? `#${anchor}` : ''));
    }
  });
  markdown.renderer.rules.link_open = open;
}

/** Braces are text here, not a template. */
function plainBraces(markdown) {
  const code = markdown.renderer.rules.code_inline;
  markdown.renderer.rules.code_inline = (...all) => code(...all).replace('<code', '<code v-pre');
  markdown.renderer.rules.text = (tokens, index) => markdown.utils.escapeHtml(tokens[index].content).replace(/\{\{/g, '&#123;&#123;');
}

/** A wide table scrolls in its own box, which the keyboard reaches. */
function scrollingTables(markdown) {
  markdown.renderer.rules.table_open = () => '<div class="table" tabindex="0" role="region" aria-label="Table"><table tabindex="-1">\n';
  markdown.renderer.rules.table_close = () => '</table></div>\n';
}

/** The arrow of a section is a button within a button, which assistive technology can't reach: the outer one does the same. */
const oneButton = {
  name: 'one-button',
  enforce: 'pre',
  transform(code, id) {
    if (id.endsWith('VPSidebarItem.vue')) {
      const changed = code.replace(/role="button"\s+aria-label="toggle section"\s+@click="onCaretClick"\s+@keydown.enter="onCaretClick"\s+tabindex="0"/, '@click="onCaretClick"');
      if (changed === code) {
        throw new Error('the section of the navigation has changed: see whether it still has a button in a button');
      }
      return changed;
    }
  },
};

function titleOf(page) {
  const title = /^# (.+)$/m.exec(readFileSync(join(docs, page), 'utf8'));
  if (!title) {
    throw new Error(`${page} has no title`);
  }
  return title[1].replace(/`/g, '');
}

function item(page) {
  const [path, text] = Array.isArray(page) ? page : [page, titleOf(page)];
  return {text, link: '/' + path.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '.html')};
}

function all(directory) {
  return readdirSync(join(docs, directory)).filter(name => name.endsWith('.md')).sort().map(name => `${directory}/${name}`);
}

const sidebar = navigation(all).map(({text, pages, collapsed}) => ({text, collapsed, items: pages.map(item)}));

export default {
  srcDir: 'pages',
  outDir: process.env.SITE_OUTPUT,
  cacheDir: join(process.cwd(), 'cache'),
  base: process.env.SITE_BASE ?? '/',
  lang: 'en',
  title: 'atomicwrite',
  description: 'Files that are never lost or torn, for Java, Spring Boot and the shell',
  head: [['link', {rel: 'icon', href: 'data:,'}]],
  vite: {plugins: [oneButton]},
  markdown: {
    anchor: {slugify: slug, level: [1, 2, 3, 4]},
    headers: {slugify: slug},
    theme: {light: 'github-light-high-contrast', dark: 'github-dark-high-contrast'},
    languageAlias: {crontab: 'shell'},
    config(markdown) {
      outOfDocs(markdown);
      plainBraces(markdown);
      scrollingTables(markdown);
    },
  },
  transformPageData(page) {
    if (WIDE.includes(page.relativePath)) {
      page.frontmatter.aside = false;
    }
  },
  themeConfig: {
    nav: [
      {text: 'Start', link: '/start.html'},
      {text: 'Operations', link: '/operations/'},
      {text: 'How it works', link: '/proofs/'},
      {text: 'Properties', link: '/reference/properties.html'},
    ],
    sidebar,
    outline: {level: [2, 3], label: 'On this page'},
    search: {provider: 'local', options: {detailedView: true}},
    footer: {message: 'Apache License 2.0'},
  },
};
