// The panels of the page, each from the JSON of the endpoint.
import {badge, bytes, duration, el, file, fileName, seconds, since, table, time, words} from './page.js';

const phases = ['RESOLVE', 'GATE', 'LOCK', 'CHECK', 'STAGE', 'METADATA', 'SYNC', 'COMPANIONS', 'COMMIT', 'PUBLISH', 'RELEASE'];
const levels = {GUARANTEED: 'good', BEST_EFFORT: 'warn', NON_TARGET: 'plain', UNSUPPORTED: 'plain'};
const outcomes = {DURABLE: 'good', VISIBLE_NOT_DURABLE: 'warn', INDETERMINATE: 'bad', NOT_COMMITTED: 'bad', DISCARDED: 'plain'};
const statuses = {VALID: 'good', DEFAULTED: 'good', READ_ONLY: 'good', MISSING: 'warn', TOO_NEW: 'warn', INVALID: 'bad', CLOSED: 'plain'};
const sources = {INITIAL: 'the file, as found at the start', OWN: 'a change by this application', FOREIGN: 'an edit by someone else', LAST_GOOD: 'the last valid content', DEFAULTS: 'the defaults'};
const severities = {OK: 'good', INFO: 'plain', UNKNOWN: 'plain', WARNING: 'warn', ERROR: 'bad'};

export const empty = text => el('p', {class: 'empty'}, text);

export function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

export function directoryState(directory) {
  if (directory.stale !== undefined) {
    return badge('bad', `does not answer for ${duration(directory.stale)}`);
  }
  if (directory.error || directory.usable === false) {
    return badge('bad', 'not usable');
  }
  if (directory.damaged?.length) {
    return badge('warn', count(directory.damaged.length, 'file does not verify', 'files do not verify'));
  }
  const durability = directory.guarantees.CRASH_DURABILITY?.level;
  return durability === 'GUARANTEED' ? badge('good', 'survives a crash')
    : badge('warn', durability === 'BEST_EFFORT' ? 'crash: best effort' : 'does not survive a crash');
}

export function directoryFacts(directory) {
  const facts = [];
  const fact = (name, value) => facts.push(el('dt', {}, name), el('dd', {}, value));
  if (directory.error) {
    fact('Problem', directory.error);
  }
  if (directory.filesystem) {
    fact('Filesystem', `${directory.filesystem.type}, mounted at ${directory.filesystem.mountPoint}`);
  }
  if (directory.space) {
    fact('Free', `${bytes(directory.space.free)} of ${bytes(directory.space.total)}`);
  }
  if (directory.backup) {
    fact('Backups in', `${directory.backup.path}${directory.backup.problem ? `: ${directory.backup.problem}` : ''}`);
  }
  fact('Policy', words(directory.safety));
  if (directory.orphans) {
    const {oldest, bytes: size, count: number} = directory.orphans;
    fact('Orphans', number === 0 ? 'none' : `${count(number, 'staging file')} of dead writers, ${bytes(size)}, since ${new Date(oldest).toLocaleString()}`);
  }
  if (directory.leftoverLocks !== undefined) {
    fact('Lock files', directory.leftoverLocks === 0 ? 'none left over' : `${directory.leftoverLocks} left over (harmless)`);
  }
  return el('dl', {}, ...facts);
}

/** Only a file right in the directory can be accepted here. */
export function damaged(files, accept) {
  if (files.length === 0) {
    return [];
  }
  const rows = files.map(({file: name, since: found}, index) => [name, time(found),
    name.includes('/') ? el('code', {}, `atomic-write accept ${name}`)
      : accept ? el('button', {type: 'button', id: `accept-${index}`, 'aria-label': `Accept ${name} as it is`, onclick: () => accept(name)}, 'Accept…') : 'read only']);
  return [el('h3', {}, 'Files that do not match their checksum'),
    el('p', {class: 'empty'}, 'Damaged, or edited by hand. Look at a file before you accept it; restore a backup where it is damaged.'),
    table({label: 'Files that do not match their checksum', head: ['File', 'Found', 'Action'], rows})];
}

export function guarantees(directory) {
  const rows = Object.entries(directory.guarantees).map(([name, {level, reason}]) => [words(name), badge(levels[level], words(level)), reason]);
  return rows.length === 0 ? empty('Nothing is known of the guarantees while the directory can’t be read.')
    : table({label: 'Guarantees', head: ['Guarantee', 'Level', 'Reason'], rows});
}

export function doctor(report) {
  const order = Object.keys(severities).reverse();
  const findings = [...report.findings].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
  const unprobed = findings.filter(finding => finding.severity === 'UNKNOWN').length;
  return [
    el('h3', {}, report.ok ? 'The doctor found no error' : 'The doctor found an error'),
    table({label: 'Findings', head: ['Check', 'Result', 'Finding'], rows: findings.filter(finding => finding.severity !== 'UNKNOWN').map(finding =>
      [words(finding.code.replaceAll('-', '_')), badge(severities[finding.severity], words(finding.severity)), [finding.message, finding.remedy ? el('small', {}, finding.remedy) : undefined]])}),
    unprobed ? el('p', {class: 'empty'}, `${count(unprobed, 'check')} would create files and so was not made here. On the host: `, el('code', {}, `atomic-write doctor --probe ${report.path}`)) : undefined
  ];
}

export function sweep(report) {
  if (report.skipped) {
    return [el('h3', {}, 'Not swept'), empty('Another thread or process is sweeping this directory. Try again in a moment.')];
  }
  const rows = Object.entries(report.removed).map(([kind, sum]) => [words(kind), sum.count, bytes(sum.bytes)]);
  const kept = report.alive ? ` Kept: ${count(report.alive, 'staging file')} of living writers.` : '';
  return [
    el('h3', {}, report.dryRun ? 'A sweep would remove' : 'The sweep removed'),
    rows.length ? table({label: 'Removed files', head: ['Kind', 'Files', 'Size'], rows}) : empty(`Nothing: ${count(report.examined, 'entry', 'entries')} looked at.${kept}`),
    report.failureCount ? el('p', {class: 'notice bad'}, `${count(report.failureCount, 'failure')}: ${report.failures.map(failure => `${failure.path}: ${failure.reason}`).join('; ')}`) : undefined
  ];
}

export function backups(listing, restore) {
  if (listing.backups.length === 0) {
    return [el('h3', {}, 'Backups'), empty(`There are no backups in ${listing.path}. They are made where atomicwrite.backup.enabled is true.`)];
  }
  const rows = listing.backups.map((backup, index) => [
    [backup.target, el('small', {class: 'path'}, backup.name)],
    time(backup.made ?? backup.modified),
    bytes(backup.size),
    restore ? el('button', {type: 'button', id: `restore-${index}`, 'aria-label': `Restore ${backup.target} from ${backup.name}`, onclick: () => restore(backup)}, 'Restore…') : 'read only'
  ]);
  const more = listing.total > rows.length ? `, the newest ${rows.length} of ${listing.total}` : '';
  return [el('h3', {}, `Backups${more}`), table({label: 'Backups', head: ['File', 'Made', 'Size', 'Action'], rows})];
}

export function documentState(entry) {
  return badge(statuses[entry.status], words(entry.status));
}

export function documentDetails(entry, changes) {
  const facts = [el('dt', {}, 'Value'), el('dd', {}, sources[entry.source] ?? words(entry.source)), el('dt', {}, 'Since'), el('dd', {}, time(entry.since)), el('dt', {}, 'Version'), el('dd', {}, el('code', {}, entry.version))];
  if (entry.problem) {
    const place = entry.problem.line ? `line ${entry.problem.line}, column ${entry.problem.column}: ` : '';
    facts.unshift(el('dt', {}, 'Problem'), el('dd', {}, `${place}${entry.problem.message}`));
  }
  return [el('dl', {}, ...facts), lastChange(changes)];
}

function lastChange(changes) {
  if (!changes) {
    return undefined;
  }
  if (!changes.at) {
    return el('p', {class: 'empty'}, 'Not changed since it was opened.');
  }
  const hidden = changes.changes.every(change => change.before === undefined && change.after === undefined);
  const value = shown => shown === undefined || shown === null ? '–' : el('code', {}, typeof shown === 'string' ? shown : JSON.stringify(shown));
  const rows = changes.changes.map(change => [change.pointer || '/', words(change.kind), ...(hidden ? [] : [value(change.before), value(change.after)])]);
  return [
    el('h3', {}, 'Last change, ', time(changes.at), `: ${sources[changes.source]}`),
    rows.length ? table({label: 'Changed fields', head: hidden ? ['Field', 'Change'] : ['Field', 'Change', 'Before', 'After'], rows}) : empty('No field has another value.'),
    hidden && rows.length ? el('p', {class: 'empty'}, 'Values are not shown (', el('code', {}, 'management.endpoint.atomicwriteconsole.show-values'), ').') : undefined
  ];
}

function owner(holder, thread) {
  if (holder?.pid) {
    return `process ${holder.pid}${holder.command ? ` (${fileName(holder.command)})` : ''}${holder.host ? ` on ${holder.host}` : ''}`;
  }
  return thread ? `thread ${thread} of this application` : 'another process';
}

export function locks({held, waiting, heldCount = held.length, waitingCount = waiting.length}) {
  if (held.length + waiting.length === 0) {
    return empty('No lock is held, and nobody waits for one.');
  }
  return [
    held.length ? table({framed: true, caption: more('Held', held, heldCount), head: ['File', 'Holder', 'For', 'Waiters'], rows: held.map(lock =>
      [file(lock.target), owner(lock.thread ? undefined : lock.holder, lock.thread), lock.since ? duration(since(lock.since)) : 'unknown', lock.waiters])}) : undefined,
    waiting.length ? table({framed: true, caption: more('Waiting', waiting, waitingCount), head: ['File', 'Who waits', 'For', 'Holder'], rows: waiting.map(lock =>
      [file(lock.target), owner(undefined, lock.thread), duration(since(lock.since)), holderOf(lock, held)])}) : undefined
  ].filter(Boolean);
}

function more(caption, listed, number) {
  return number > listed.length ? `${caption}: the oldest ${listed.length} of ${number}` : caption;
}

function holderOf(waiting, held) {
  if (waiting.holder) {
    return owner(waiting.holder.thread ? undefined : waiting.holder, waiting.holder.thread);
  }
  const lock = held.find(one => one.target === waiting.target);
  return owner(undefined, lock?.thread);
}

export function writes({active, ended}) {
  const now = active.length === 0 ? empty('No write is under way.') : table({framed: true, caption: 'Under way', head: ['File', 'Phase', 'For', 'Thread'], rows: active.map(write =>
    [file(write.target), `${words(write.phase)} (${phases.indexOf(write.phase) + 1} of ${phases.length})`, duration(since(write.since)), write.thread])});
  if (ended.length === 0) {
    return [now];
  }
  const rows = ended.map(write => [file(write.target), [badge(outcomes[write.outcome], words(write.outcome)), write.kind === 'WRITE' ? undefined : el('small', {}, words(write.kind))], duration(seconds(write.took)), slowest(write), time(write.since)]);
  return [now, table({framed: true, caption: 'Last writes', head: ['File', 'Outcome', 'Took', 'Most of it', 'Began'], rows})];
}

function slowest(write) {
  const [phase, took] = Object.entries(write.phases).map(([name, value]) => [name, seconds(value)]).sort((one, other) => other[1] - one[1])[0] ?? [write.phase, 0];
  return took ? `${words(phase)}, ${duration(took)}` : `ended in ${words(phase)}`;
}
