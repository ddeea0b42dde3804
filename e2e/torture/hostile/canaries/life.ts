import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { CANARIES } from './canaries.ts';
import type { Stage } from './stage.ts';

/** Short waits; what is not told by an event is not waited for. */
const FAST = { commitDelay: 0.1, pushDelay: 0, poll: 3600 };

export interface Scene {
  readonly name: string;
  readonly play: (stage: Stage) => Promise<void>;
}

const syncOf = (stage: Stage, id: string): Promise<string | null> => stage.ask('sync', { id, timeoutS: 60 });

/** A repository that was there before, whose configuration has a secret in the address. */
async function present(stage: Stage, name: string, url: string): Promise<string | null> {
  const { world } = stage;
  await world.git('.', 'clone', '-q', world.hub, world.path(name));
  await world.git(name, 'remote', 'set-url', 'origin', url);
  return stage.ask('folder.add', { path: world.path(name), options: FAST });
}

async function expectWell(what: string, ...asked: readonly Promise<string | null>[]): Promise<void> {
  for (const each of asked) {
    const code = await each;
    if (code !== null) throw new Error(`${what}: ${code}`);
  }
}

/** All that is typed into the program in the life of a home, in order; each leaves something for the next. */
export const LIFE: readonly Scene[] = [
  {
    name: 'addresses that are taken',
    play: async (stage) => {
      await expectWell('clone', stage.ask('folder.add', { path: stage.world.path('cloned'), clone: stage.address(CANARIES.cloned.value), options: FAST }));
      await expectWell('by hand', present(stage, 'configured', stage.address(CANARIES.configured.value)));
      await expectWell('token', present(stage, 'token', stage.server.url('hub.git')));
      await expectWell('rewritten', present(stage, 'rewritten', 'work:hub.git'));
      stage.write('configured', { 'a.txt': 'saved\n' });
      stage.write('rewritten', { 'r.txt': 'saved\n' });
      await expectWell('sync', syncOf(stage, 'configured'), syncOf(stage, 'rewritten'), syncOf(stage, 'token'), syncOf(stage, 'cloned'));
    },
  },
  {
    name: 'addresses that are not',
    play: async (stage) => {
      const clone = (url: string): Promise<string | null> => stage.ask('folder.add', { path: stage.world.path('never'), clone: url, options: FAST });
      await clone(`ftp://me:${CANARIES.refusedKind.value}@localhost/x`);
      await clone(`http://me:${CANARIES.refusedClear.value}@localhost/x`);
      await clone(`https://me:${CANARIES.unreachable.value}@127.0.0.1:1/x`);
      await clone(stage.address(CANARIES.wrong.value));
      await clone(`https://localhost/x?access_token=${CANARIES.query.value}`);
      await clone(`ssh://me:${CANARIES.ssh.value}@127.0.0.1:1/x`);
      await present(stage, 'ssh', `ssh://me:${CANARIES.sshConfigured.value}@127.0.0.1:1/x`);
      await syncOf(stage, 'ssh');
      await stage.ask('folder.address', { id: 'cloned', url: `https://me:${CANARIES.address.value}@localhost/x` });
    },
  },
  {
    name: 'signals',
    play: async (stage) => {
      writeFileSync(stage.world.path('autosync'), `[autosync]\npath = ${stage.world.path('nowhere')}\n[xmpp]\nusername = me@host.invalid\npassword = ${CANARIES.imported.value}\n`);
      writeFileSync(stage.world.path('projects.xml'), `<sparkleshare><folder><name>x</name><url>https://me:${CANARIES.importedList.value}@localhost/x</url><announcements_url>tcp://me:${CANARIES.importedList.value}@localhost</announcements_url></folder></sparkleshare>`);
      for (const file of ['autosync', 'projects.xml']) await stage.ask('import', { file: stage.world.path(file) });
      stage.lookAtHome();
      await expectWell('xmpp', stage.ask('signal.xmpp', { jid: 'me@host.invalid', password: CANARIES.xmpp.value, service: 'xmpp://127.0.0.1:1' }));
      await stage.ask('signal.xmpp', { jid: 'nobody', password: CANARIES.xmppUsage.value });
      await stage.ask('signal.xmpp', { jid: 'me@host.invalid', password: CANARIES.xmpp.value, service: `xmpp://me:${CANARIES.xmppService.value}@127.0.0.1:1` });
      await stage.ask('signal.fanout', { url: `tcp://me:${CANARIES.fanout.value}@127.0.0.1:1` });
      await expectWell('join', stage.ask('signal.join', { code: CANARIES.pairing.value }));
      await stage.ask('signal.join', { code: CANARIES.wrongCode.value });
      await expectWell('pair', stage.ask('signal.pair', {}));
      await stage.sendBroken(`{"id":1,"command":"signal.xmpp","input":{"password":"${CANARIES.broken.value}\n`);
    },
  },
  {
    name: 'files and messages',
    play: async (stage) => {
      stage.write('cloned', { 'held.txt': `${CANARIES.held.value}\n`, 'let.txt': `${CANARIES.letThrough.value}\n`, 'plain.txt': `${CANARIES.content.value}\n` });
      await syncOf(stage, 'cloned');
      await stage.until('secrets are held', (folders) => folders.some(({ held }) => held.length === 2));
      await expectWell('approve', stage.ask('folder.approve', { id: 'cloned', path: 'let.txt' }));
      await syncOf(stage, 'cloned');
      await expectWell('popup', stage.ask('folder.set', { id: 'cloned', options: { message: 'popup' } }));
      stage.write('cloned', { 'b.txt': 'asked for\n' });
      await stage.until('the message is asked for', (folders) => folders.some(({ messageRequest }) => messageRequest !== null));
      await expectWell('draft', stage.ask('message.typing', { id: 'cloned', draft: CANARIES.draft.value }));
      await expectWell('message', stage.ask('message.submit', { id: 'cloned', message: CANARIES.message.value }));
      await stage.until('it is committed', (folders) => folders.every(({ messageRequest }) => messageRequest === null));
      await expectWell('auto', stage.ask('folder.set', { id: 'cloned', options: { message: 'auto' } }));
      await syncOf(stage, 'cloned');
    },
  },
  {
    name: 'a server that repeats what it was told',
    play: async (stage) => {
      const hook = stage.world.path('hub.git/hooks/pre-receive');
      writeFileSync(hook, `#!/bin/sh\necho 'error: ${CANARIES.cloned.value} and ${encodeURIComponent(CANARIES.cloned.value)} with ${CANARIES.echoed.value} are too old' >&2\nexit 1\n`);
      chmodSync(hook, 0o755);
      stage.write('cloned', { 'c.txt': 'refused\n' });
      if ((await syncOf(stage, 'cloned')) !== null) throw new Error('no sync');
      await stage.until('it is refused', (folders) => folders.some(({ problem }) => problem !== null));
      rmSync(hook);
      await syncOf(stage, 'cloned');
    },
  },
  {
    name: 'a conflict',
    play: async (stage) => {
      await stage.world.git('peer', 'pull', '-q');
      await stage.ask('folder.pause', { id: 'cloned' });
      await stage.world.changeElsewhere({ 'shared.txt': 'theirs\n' });
      stage.write('cloned', { 'shared.txt': 'ours\n' });
      await stage.ask('folder.resume', { id: 'cloned' });
      await syncOf(stage, 'cloned');
      let conflict = '';
      await stage.until('there is a conflict', (folders) => (conflict = folders.flatMap(({ conflicts }) => conflicts)[0]?.id ?? '') !== '');
      await expectWell('resolve', stage.ask('resolve', { conflict, keep: { text: `${CANARIES.resolution.value}\n` } }));
      await syncOf(stage, 'cloned');
    },
  },
  {
    name: 'a crash, and a start after it',
    play: async (stage) => {
      await stage.end('killed');
      await stage.start();
      stage.write('cloned', { 'd.txt': 'after the crash\n' });
      await expectWell('sync', syncOf(stage, 'cloned'), syncOf(stage, 'token'));
    },
  },
  {
    name: 'a report for somebody who helps',
    play: async (stage) => {
      await stage.ask('doctor', { bundle: stage.world.path('bundle.json') });
      for (const command of ['activity', 'folder.list', 'conflicts', 'signal.status']) await stage.ask(command, {});
      for (const command of ['history', 'held', 'rescue']) await stage.ask(command, { id: 'cloned' });
      stage.statuses.push(await stage.cli('status', '--json'), await stage.cli('status'), await stage.cli('doctor'), await stage.cli('activity'));
    },
  },
];
