import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ports, ProcessRequest } from '../ports.ts';
import { ProblemStage, type Expected } from '../testing/problem-stage.ts';

let stage: ProblemStage;
/** How git is started just now. */
let as: (request: ProcessRequest) => ProcessRequest;
/** What the system says instead of starting anything. */
let refusal: string | null;
beforeEach(() => {
  stage = new ProblemStage();
  as = (request) => request;
  refusal = null;
});
afterEach(() => stage.close());

const whatSystem = (ports: Ports): Ports => ({
  ...ports,
  processes: {
    ...ports.processes,
    start: (request) => {
      if (refusal === null) return ports.processes.start(as(request));
      const ended = Promise.reject(Object.assign(new Error(`spawn git ${refusal}`), { code: refusal }));
      ended.catch(() => undefined);
      // As `spawn` gives it back then: without a process, and with streams that end at once.
      return { ...ports.processes.start({ ...request, command: 'true' }), pid: 0, ended };
    },
  },
});

/** Nothing of what is saved is committed while it lasts; it goes out by itself afterwards. */
async function holds(expected: Expected, cure: () => unknown): Promise<void> {
  const before = stage.hubTip();
  stage.save('mine.txt');
  await stage.meets(expected);
  expect(stage.hubTip()).toBe(before);
  await cure();
  await stage.mended('mine.txt');
}

describe('git', () => {
  it('is not there any more, and is again', async () => {
    await stage.open({}, { ports: whatSystem });
    as = (request) => ({ ...request, command: '/nowhere/git' });
    await holds({ code: 'tool-missing', says: /^This needs git, which is not installed here/, action: 'retry' }, () => (as = (request) => request));
  });

  it('is older than it must be', async () => {
    await stage.open({}, { ports: whatSystem });
    await stage.desk.stop();
    as = (request) => (request.args[0] === 'version' ? { ...request, command: 'echo', args: ['git version 2.20.1'] } : request);
    await stage.desk.start();
    await holds({ code: 'tool-missing', says: /^This needs Git 2\.38 or newer; here is 2\.20\.1/, action: 'retry' }, () => (as = (request) => request));
  });

  it.each(['EMFILE', 'EAGAIN', 'ENOMEM'])('cannot be started for want of files, processes or memory (%s)', async (code) => {
    await stage.open({}, { ports: whatSystem });
    refusal = code;
    await holds({ code: 'system-limit', says: /lets Lockstep open no more files, or start no more programs/, action: 'retry' }, () => (refusal = null));
  });
});

describe('a check of the folder’s own that says no', () => {
  const hook = (name: string): string => {
    const file = stage.desk.path(`.git/hooks/${name}`);
    mkdirSync(stage.desk.path('.git/hooks'), { recursive: true });
    writeFileSync(file, '#!/bin/sh\ntest -e .git/fine || { echo "not like this" >&2; exit 1; }\n');
    chmodSync(file, 0o755);
    return file;
  };

  it.each(['pre-commit', 'commit-msg', 'pre-push'])('%s: is told with what it said, and asked again', async (name) => {
    await stage.open();
    hook(name);
    await stage.desk.engine.handlers['folder.set']({ id: 'desk', options: { trust: true } }, AbortSignal.timeout(5_000));
    await holds({ code: 'hook-failed', says: new RegExp(`^The folder’s own check “${name}” said no: “.*not like this`), action: 'retry' }, () => {
      writeFileSync(stage.desk.path('.git/fine'), '');
      return stage.desk.sync();
    });
  });
});

describe('a server that is reached by ssh', () => {
  /** Says this and nothing else, until the file `known` is there. */
  const SSH = (words: string, known: string): string => `#!/bin/sh\nfor command; do :; done\ntest -e ${known} || { printf '%s\\n' '${words}' >&2; exit 255; }\nexec sh -c "$command"\n`;
  const CHANGED = '@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @';

  it.each<[string, string, Expected]>([
    ['shows another key than before', `${CHANGED}\nHost key verification failed.`, { code: 'host-key-changed', says: /^attic shows another key than before; nothing was sent/, action: 'retry' }],
    ['is not known yet', 'Host key verification failed.', { code: 'host-key-changed', says: /^attic is not known here yet: nobody has accepted its key, so nothing was sent/, action: 'retry' }],
    ['takes no key of ours', 'me@attic: Permission denied (publickey).', { code: 'auth-failed', says: /^attic refused the password or key for desk/, action: 'sign-in' }],
  ])('%s', async (_name, words, expected) => {
    const [ssh, known] = [join(stage.machines.directory, 'ssh'), join(stage.machines.directory, 'known')];
    writeFileSync(ssh, SSH(words, known), { mode: 0o755 });
    writeFileSync(known, '');
    await stage.open({}, { remote: `ssh://me@attic${stage.machines.hub}`, env: { GIT_SSH_COMMAND: ssh } });
    rmSync(known);
    await holds(expected, () => {
      writeFileSync(known, '');
      return stage.desk.sync();
    });
  });
});
