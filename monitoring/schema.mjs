// Checks the dashboards against Grafana's own schema of dashboards and panels, by the TypeScript compiler.
//
// usage: node monitoring/schema.mjs DIR    DIR is for the packages and what is compiled; it is made if there is none
//
// Needs node 20 and npm. Exit status: 0 nothing was found; 1 otherwise.
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';

const boards = new URL('grafana/dashboards/', import.meta.url);
const work = resolve(process.argv[2]);
const schema = './node_modules/@grafana/schema/dist/types/raw';
// strings stand in JSON for what TypeScript has as constants
const loose = 'type Loose<T> = T extends string ? `${T}` : T extends (infer U)[] ? Loose<U>[] : T extends object ? {[K in keyof T]: Loose<T[K]>} : T;';

/** The options of a panel and, where its type has them, of its fields, as declarations that the compiler checks. */
function panel(one, index, types) {
  if (one.type === 'row') {
    return [`const row${index}: Loose<RowPanel> = ${JSON.stringify({panels: [], ...one})};`];
  }
  const type = one.type.replaceAll('-', '');
  types.add(type);
  const custom = one.fieldConfig.defaults.custom;
  return [
    `const options${index}: Loose<Partial<${type}.Options>> = ${JSON.stringify(one.options ?? {})};`,
    custom ? `const fields${index}: Loose<Partial<${type}.FieldConfig>> = ${JSON.stringify(custom)};` : ''
  ];
}

function source(board) {
  const types = new Set();
  const lines = board.panels.flatMap((one, index) => panel(one, index, types));
  // what Grafana shows of a query beside it; the schema does not have it
  const list = board.templating.list.map(({definition, ...variable}) => variable);
  return [
    `import type {Dashboard, RowPanel} from '${schema}/dashboard/x/types.gen';`,
    ...[...types].map(type => `import type * as ${type} from '${schema}/composable/${type}/panelcfg/x/types.gen';`),
    loose,
    `const board: Loose<Dashboard> = ${JSON.stringify({...board, templating: {list}})};`,
    ...lines
  ].join('\n');
}

mkdirSync(work, {recursive: true});
writeFileSync(join(work, 'package.json'), JSON.stringify({private: true, type: 'module', dependencies: {'@grafana/schema': '13.2.3', typescript: '7.0.2'}}));
execFileSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'], {cwd: work, stdio: 'inherit'});
const files = readdirSync(boards).filter(file => file.endsWith('.json')).map(file => {
  const name = file.replace('.json', '.ts');
  writeFileSync(join(work, name), source(JSON.parse(readFileSync(new URL(file, boards), 'utf8'))));
  return name;
});
const done = spawnSync(join(work, 'node_modules/.bin/tsc'), ['--noEmit', '--strict', '--skipLibCheck', '--module', 'esnext', '--moduleResolution', 'bundler', '--target', 'es2022', ...files], {cwd: work, encoding: 'utf8'});
console.log(done.status === 0 ? `${files.length} dashboards follow Grafana's schema` : done.stdout + done.stderr);
process.exit(done.status === 0 ? 0 : 1);
