import { appendFileSync, chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repoPathFromText } from '../../repo-path.ts';
import { poison, whatRan, type ConfigPlace } from '../../testing/hostile/poison.ts';
import { TempRepos, write } from '../../testing/temp-repos.ts';
import type { CommitRequest, Vcs } from '../vcs.ts';

const signal = new AbortController().signal;
let repos: TempRepos;
let canaries: string;
beforeEach(() => {
  repos = new TempRepos();
  canaries = repos.path('canaries');
  mkdirSync(canaries);
});
const poisoned = (path: string, hub: string, place?: ConfigPlace): void => poison({ path, canaries, hub, ...(place ? { place } : {}) });
afterEach(() => repos.dispose());

async function everyVerb(vcs: Vcs, path: string): Promise<void> {
  const head = async () => (await vcs.head()) as CommitRequest['head'] & { commit: string };
  write(path, { 'a.txt': 'changed\n' });
  await vcs.guard();
  await vcs.status(signal);
  await vcs.ignored([{ path: repoPathFromText('x'), directory: false }]);
  await vcs.snapshot(signal);
  const before = (await head()).commit;
  const made = await vcs.commit({ head: await head(), message: 'm', held: [], expected: 1, brake: () => null }, signal);
  expect(made).toMatchObject({ outcome: 'committed' });
  await vcs.push({ remote: 'origin', branch: 'main', tip: (await head()).commit, since: null }, signal);
  await vcs.remoteTip('origin', 'main', signal);
  await vcs.fetch('origin', 'main', signal);
  const tip = (await head()).commit;
  const changes = await vcs.diff(before, tip, signal);
  for await (const content of vcs.contents(changes.flatMap(({ path: at, after }) => (after ? [{ path: at, entry: after }] : [])), signal)) expect(content.bytes.length).toBeGreaterThan(0);
  await vcs.identify([{ path: repoPathFromText('a.txt'), file: Buffer.from(join(path, 'a.txt')), mode: '100644' }], signal);
  await vcs.advance({ branch: 'main', from: before, to: tip, changes, why: 'x' });
  await vcs.history({ limit: 5 });
  await vcs.commitInfo('HEAD');
  await vcs.relation(before, tip);
  await vcs.keep(tip, 'x');
  await vcs.conflictCopies();
  await vcs.rootCommit();
}

describe('a hostile repository', () => {
  it.each<ConfigPlace>(['config', 'config.worktree'])('runs nothing, whatever is asked of it (its configuration: %s)', async (place) => {
    const { path, remote } = await repos.withRemote();
    poisoned(path, remote, place);
    const vcs = await repos.machine('ada').vcs(path);
    await everyVerb(vcs, path);
    expect(whatRan(canaries)).toEqual([]);
    expect(existsSync(repos.path('elsewhere'))).toBe(false);
  });

  it('runs no driver in a merge, and neither side is dropped', async () => {
    const { ada, ours, theirs, remote } = await repos.diverged({ a: '1\n', '.gitattributes': '* merge=evil\n' }, { a: 'ada\n' }, { a: 'grace\n' });
    poisoned(ada.path, remote);
    expect(await (await ada.machine.vcs(ada.path)).merge(ours, theirs, signal)).toMatchObject({ outcome: 'merged', conflicts: [{ path: 'a' }] });
    expect(whatRan(canaries)).toEqual([]);
  });

  it('gets no credentials from the person\'s helper for another host, and its own helper is not asked', async () => {
    const { path, remote } = await repos.withRemote();
    poisoned(path, remote);
    const ada = repos.machine('ada');
    const { createServer } = await import('node:http');
    const server = createServer((_, response) => response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await ada.git(path, 'config', 'remote.origin.url', `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/x.git`);
    ada.configure(`[user]\nname=ada\nemail=a@a\n[credential]\nhelper = "!touch ${canaries}/persons-own; echo username=u; echo password=p #"\n`);
    expect(await (await ada.vcs(path)).fetch('origin', 'main', signal)).toMatchObject({ outcome: 'trouble', code: 'auth-failed' });
    server.close();
    expect(whatRan(canaries)).toEqual(['persons-own']);
  });

  it('is told what it would run, and that it changed', async () => {
    const { path, remote } = await repos.withRemote();
    const vcs = await repos.machine('ada').vcs(path);
    expect(await vcs.executingConfig()).toBeNull();
    poisoned(path, remote);
    const found = await vcs.executingConfig();
    expect(found?.keys).toEqual(expect.arrayContaining(['core.fsmonitor', 'core.sshcommand', 'filter.evil.smudge', 'merge.evil.driver', 'remote.origin.uploadpack', 'lfs.customtransfer.evil.path', 'hook.evil.command', 'hook pre-push']));
    rmSync(join(path, '.git/other-hooks/pre-push'));
    expect((await vcs.executingConfig())?.digest).not.toBe(found?.digest);
  });

  it('runs its hooks and filters once it is trusted', async () => {
    const { path } = await repos.withRemote();
    writeFileSync(join(path, '.git/hooks/pre-commit'), `#!/bin/sh\ntouch ${canaries}/pre-commit\n`, { mode: 0o755 });
    writeFileSync(join(path, '.git/hooks/commit-msg'), '#!/bin/sh\necho "Checked-By: hook" >> "$1"\n', { mode: 0o755 });
    appendFileSync(join(path, '.git/config'), '[filter "up"]\n\tclean = tr a-z A-Z\n\tsmudge = tr A-Z a-z\n');
    write(path, { '.gitattributes': '*.up filter=up\n', 'x.up': 'word' });
    const ada = repos.machine('ada');
    const vcs = await ada.vcs(path);
    vcs.trust({ digest: (await vcs.executingConfig())?.digest ?? null });
    const head = (await vcs.head()) as CommitRequest['head'];
    const made = await vcs.commit({ head, message: 'm', held: [], expected: 1, brake: () => null }, signal);
    if (made.outcome !== 'committed') throw new Error(made.outcome);
    expect(whatRan(canaries)).toEqual(['pre-commit']);
    expect(await ada.git(path, 'show', 'HEAD:x.up')).toBe('WORD');
    expect(await ada.git(path, 'log', '-1', '--format=%B')).toContain('Checked-By: hook');
    const entry = await vcs.entryAt(made.commit, repoPathFromText('x.up'));
    if (!entry) throw new Error('not there');
    for await (const { bytes } of vcs.contents([{ path: repoPathFromText('x.up'), entry }], signal)) expect(bytes.toString()).toBe('word');
    writeFileSync(join(path, '.git/hooks/pre-commit'), '#!/bin/sh\necho no >&2\nexit 1\n', { mode: 0o755 });
    vcs.trust({ digest: (await vcs.executingConfig())?.digest ?? null });
    write(path, { more: 'x' });
    expect(await vcs.commit({ head: (await vcs.head()) as CommitRequest['head'], message: 'm', held: [], expected: 1, brake: () => null }, signal)).toMatchObject({ outcome: 'trouble', code: 'hook-failed', params: { hook: 'pre-commit', detail: 'no' } });
    vcs.trust(null);
    expect(await vcs.commit({ head: (await vcs.head()) as CommitRequest['head'], message: 'm', held: [], expected: 1, brake: () => null }, signal)).toMatchObject({ outcome: 'committed' });
  });
});

describe('a trusted repository', () => {
  const hook = (text: string): string => `#!/bin/sh\n${text}\n`;
  const save = async (vcs: Vcs) => vcs.commit({ head: (await vcs.head()) as CommitRequest['head'], message: 'm', held: [], expected: 1, brake: () => null }, signal);

  it.each([
    ['the hook itself', (path: string) => writeFileSync(join(path, '.git/hooks/pre-commit'), hook(`touch ${canaries}/after`))],
    ['the script that a hook is a link to', (path: string) => writeFileSync(join(path, 'scripts/check'), hook(`touch ${canaries}/after`))],
    ['a new hook', (path: string) => writeFileSync(join(path, '.git/hooks/post-commit'), hook(`touch ${canaries}/after`), { mode: 0o755 })],
    ['a filter', (path: string) => appendFileSync(join(path, '.git/config'), `[filter "evil"]\n\tclean = touch ${canaries}/after\n`)],
  ])('is trusted no longer when what it would run is another thing: %s', async (what, change) => {
    const { path } = await repos.withRemote({ '.gitattributes': '* filter=evil\n' });
    write(path, { 'scripts/check': hook(`touch ${canaries}/before`) });
    chmodSync(join(path, 'scripts/check'), 0o755);
    if (what === 'the hook itself') writeFileSync(join(path, '.git/hooks/pre-commit'), hook(`touch ${canaries}/before`), { mode: 0o755 });
    else symlinkSync('../../scripts/check', join(path, '.git/hooks/pre-commit'));
    const vcs = await repos.machine('ada').vcs(path);
    vcs.trust({ digest: (await vcs.executingConfig())?.digest ?? null });
    expect(await save(vcs)).toMatchObject({ outcome: 'committed' });
    expect(whatRan(canaries)).toEqual(['before']);
    rmSync(join(canaries, 'before'));
    change(path);
    write(path, { more: 'x' });
    expect(await save(vcs)).toMatchObject({ outcome: 'committed' });
    expect(whatRan(canaries)).toEqual([]);
  });
});

describe('contents', () => {
  it('come as git would write them, by the attributes that come along', async () => {
    const { ada, grace } = await repos.twoClones({ 'a.txt': 'one\ntwo\n' });
    ada.machine.configure('[user]\nname=ada\nemail=a@a\n');
    write(ada.path, { '.gitattributes': '*.txt eol=crlf\n*.id ident\n*.utf16 working-tree-encoding=UTF-16LE\n', 'b.txt': 'x\r\ny\r\n', 'c.id': '$Id$\n', 'd.bin': '\0\n', 'e.utf16': Buffer.from('wide\n', 'utf16le'), 'odd\nname.txt': 'q\r\n' });
    const a = await ada.machine.vcs(ada.path);
    const made = await a.commit({ head: (await a.head()) as CommitRequest['head'], message: 'm', held: [], expected: 1, brake: () => null }, signal);
    if (made.outcome !== 'committed') throw new Error(made.outcome);
    await a.push({ remote: 'origin', branch: 'main', tip: made.commit, since: null }, signal);
    const b = await grace.machine.vcs(grace.path);
    await b.fetch('origin', 'main', signal);
    const got = new Map<string, string>();
    for await (const { path, bytes } of b.contents(made.changes.flatMap(({ path, after }) => (after ? [{ path, entry: after }] : [])), signal)) got.set(path, bytes.toString('latin1'));
    expect(got.get('b.txt')).toBe('x\r\ny\r\n');
    expect(got.get('odd\nname.txt')).toBe('q\r\n');
    expect(got.get('c.id')).toMatch(/^\$Id: [0-9a-f]{40} \$\n$/);
    expect(got.get('d.bin')).toBe('\0\n');
    expect(got.get('e.utf16')).toBe(Buffer.from('wide\n', 'utf16le').toString('latin1'));
    const asked = made.changes.map(({ path }) => ({ path, file: Buffer.from(join(ada.path, path)), mode: '100644' as const }));
    expect(await a.identify(asked, signal)).toEqual(made.changes.map(({ after }) => after?.id));
  });
});
