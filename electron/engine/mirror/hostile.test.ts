import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MirrorPair } from '../testing/mirror-pair.ts';

let pair: MirrorPair;
beforeEach(async () => {
  pair = await MirrorPair.open();
});
afterEach(() => pair.dispose());

/** As no git would write it. */
function rawRef(name: string, id: string): void {
  const file = join(pair.source, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `${id}\n`);
}
const hash = (type: string, content: string, ...more: string[]): Promise<string> => {
  const file = pair.repos.path('object');
  writeFileSync(file, content, 'latin1');
  return pair.ada.git(pair.source, '--git-dir=.', 'hash-object', '-w', '--literally', ...more, '-t', type, file);
};

describe('a source that is not as it should be', () => {
  it('has a branch that is no commit: it is left out, and said; others go on', async () => {
    await pair.run();
    const blob = await hash('blob', 'not a commit');
    rawRef('refs/heads/odd', blob);
    rawRef('refs/heads/main', blob);
    await pair.push('HEAD:refs/heads/fine');
    const before = await pair.tip('main');
    expect(await pair.run()).toMatchObject({ state: 'in-sync', problem: { code: 'remote-damaged', params: { detail: expect.stringContaining('is no commit') as string } } });
    expect(await pair.refsOf(pair.store)).toMatchObject({ 'heads/main': before, 'heads/fine': before });
  });

  it('has names that no file can have: they are left out, and said', async () => {
    const id = await pair.tip('main');
    const long = `refs/heads/${'x'.repeat(245)}`;
    writeFileSync(join(pair.source, 'packed-refs'), `# pack-refs with: peeled fully-peeled sorted \n${id} ${long}\n`);
    expect(await pair.run()).toMatchObject({ state: 'in-sync', problem: { code: 'name-refused' } });
    expect(Object.keys(await pair.refsOf(pair.store))).toEqual(['heads/main', 'tags/v1']);
  });

  it('has names that are no text: they are left out, and said', async () => {
    const id = await pair.tip('main');
    writeFileSync(join(pair.source, 'packed-refs'), Buffer.from(`# pack-refs with: peeled fully-peeled sorted \n${id} refs/heads/b\xff\n${id} refs/heads/ä\n`, 'latin1'));
    await pair.ada.git(pair.source, '--git-dir=.', 'update-ref', 'refs/heads/ö', id);
    expect(await pair.run()).toMatchObject({ state: 'in-sync', problem: { code: 'name-refused' } });
    expect(Object.keys(await pair.refsOf(pair.store)).sort()).toEqual(['heads/main', 'heads/ö', 'tags/v1']);
  });

  it('has names that this disk cannot tell apart: one of each is left out, and said', async () => {
    pair.ada.configure('[user]\nname=ada\nemail=a@a\n[core]\nignorecase = true\n');
    await pair.push('HEAD:refs/heads/Feature/x', 'HEAD:refs/heads/feature/y', 'HEAD:refs/heads/A', 'HEAD:refs/tags/a');
    expect(await pair.run()).toMatchObject({ state: 'in-sync', problem: { code: 'case-twin', params: { name: 'feature/y', twin: 'Feature/x' } } });
    expect(await pair.check()).toMatchObject({ state: 'in-sync' });
    expect(Object.keys(await pair.refsOf(pair.store))).toEqual(['heads/A', 'heads/Feature/x', 'heads/main', 'tags/a', 'tags/v1']);
    await pair.push(':refs/heads/Feature/x');
    expect(await pair.run()).toMatchObject({ state: 'in-sync', problem: null });
    expect(Object.keys(await pair.refsOf(pair.store))).toContain('heads/feature/y');
  });

  it('has a history that git does not believe: a sentence, and the copy stays', async () => {
    await pair.run();
    const tree = await hash('tree', `40000 .git\0${'\x01'.repeat(20)}`);
    const commit = await hash('commit', `tree ${tree}\nauthor a <a@a> 1 +0000\ncommitter a <a@a> 1 +0000\n\nx\n`);
    rawRef('refs/heads/main', commit);
    expect(await pair.run()).toMatchObject({ state: 'unavailable', problem: { code: 'remote-damaged' }, refs: 2 });
    expect((await pair.refsOf(pair.store))['heads/main']).toBe(await pair.tip('main'));
  });

  it('is the store itself, or something that is no address', async () => {
    await pair.run();
    await expect(pair.run({ source: { url: '--upload-pack=touch /tmp/x', credential: null } })).rejects.toMatchObject({ code: 'address-refused' });
    await expect(pair.run({ source: { url: 'ext::sh -c true', credential: null } })).rejects.toMatchObject({ code: 'address-refused' });
    expect(await pair.run({ source: { url: pair.store, credential: null } })).toMatchObject({ state: 'in-sync' });
  });
});

describe('a store that somebody prepared', () => {
  it('runs nothing', async () => {
    await pair.run();
    const [ran, script] = [pair.repos.path('ran'), pair.repos.path('script')];
    writeFileSync(script, `#!/bin/sh\ntouch ${ran}\nexit 0\n`, { mode: 0o755 });
    for (const hook of ['reference-transaction', 'pre-push', 'post-checkout', 'pre-auto-gc', 'proc-receive']) writeFileSync(join(pair.store, 'hooks', hook), readFileSync(script), { mode: 0o755 });
    for (const [key, value] of [['core.fsmonitor', script], ['core.alternateRefsCommand', script], ['core.sshCommand', script], ['credential.helper', `!${script}`], ['core.hooksPath', join(pair.store, 'hooks')], ['gc.auto', '1'], ['uploadpack.packObjectsHook', script]] as const) await pair.ada.git(pair.store, '--git-dir=.', 'config', key, value);
    await pair.commit('three');
    await pair.push('main', 'v1^{commit}:refs/heads/new');
    await pair.target();
    expect(await pair.run({ target: { url: pair.repos.path('target.git'), credential: null } })).toMatchObject({ state: 'in-sync' });
    expect(existsSync(ran)).toBe(false);
  });

  it('is not followed to where a link leads', async () => {
    await pair.run();
    const elsewhere = pair.repos.path('elsewhere.git');
    await pair.ada.git(pair.repos.root, 'clone', '-q', '--mirror', pair.store, elsewhere);
    rmSync(pair.store, { recursive: true });
    symlinkSync(elsewhere, pair.store);
    expect(await pair.run()).toMatchObject({ problem: { code: 'target-taken' } });
  });

  it('is left as it is when it is damaged', async () => {
    await pair.run();
    writeFileSync(join(pair.store, 'HEAD'), 'nonsense');
    await pair.commit('three');
    await pair.push('main');
    expect(await pair.run()).toMatchObject({ problem: { code: 'damaged-repository', action: 'open-folder' } });
  });
});
