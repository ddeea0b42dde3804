import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveHome, type Home } from '../home.ts';
import type { Ports } from '../ports.ts';
import { nodeHost } from './node-host.ts';
import { nodePorts } from './node-ports.ts';
import { RotatingFile } from './rotating-file.ts';

let directory: string;
let home: Home;
let ports: Ports;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lockstep-ports-'));
  const processEnv = { HOME: directory, LOCKSTEP_HOME: join(directory, 'home') };
  home = resolveHome(nodeHost(processEnv), undefined);
  ports = nodePorts({ home, processEnv });
});
afterEach(() => rmSync(directory, { recursive: true }));

const mode = (path: string): number => statSync(path).mode & 0o777;

describe('secrets', () => {
  it('are kept in a file of the owner\'s alone', async () => {
    expect(await ports.secrets.get('xmpp')).toBeNull();
    await Promise.all([ports.secrets.set('xmpp', 'canary-1'), ports.secrets.set('forge', 'canary-2')]);
    await ports.secrets.remove('forge');
    expect([await ports.secrets.get('xmpp'), await ports.secrets.get('forge'), await ports.secrets.get('toString')]).toEqual(['canary-1', null, null]);
    expect([mode(home.secretsFile), mode(home.directory)]).toEqual([0o600, 0o700]);
  });

  it('are closed to others before they are read', async () => {
    await ports.secrets.set('xmpp', 'canary-1');
    chmodSync(home.secretsFile, 0o644);
    await ports.secrets.get('xmpp');
    expect(mode(home.secretsFile)).toBe(0o600);
  });

  it('are not read through a link, and not replaced when damaged', async () => {
    await ports.secrets.set('xmpp', 'canary-1');
    writeFileSync(home.secretsFile, '{"xmpp": 1');
    await expect(ports.secrets.set('xmpp', 'canary-2')).rejects.toThrow();
    expect(readFileSync(home.secretsFile, 'utf8')).toBe('{"xmpp": 1');
    rmSync(home.secretsFile);
    symlinkSync(join(directory, 'elsewhere'), home.secretsFile);
    await expect(ports.secrets.get('xmpp')).rejects.toThrow('EPERM');
  });
});

describe('the log', () => {
  const lines = (): Record<string, unknown>[] =>
    readFileSync(home.logFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('is one JSON document a line, without a secret, for the owner alone', async () => {
    await ports.secrets.set('xmpp', 'canary-1');
    ports.log.debug('not at this level');
    ports.log.warn('refused canary-1', { url: 'https://ada:canary-2@host.example', error: new Error('canary-1') });
    expect(lines()).toEqual([expect.objectContaining({ level: 'warn', msg: 'refused [xmpp]', time: expect.stringMatching(/^\d{4}-.*Z$/) as string })]);
    expect(readFileSync(home.logFile, 'utf8')).not.toContain('canary');
    expect(mode(home.logFile)).toBe(0o600);
  });

  it('says more when asked', () => {
    nodePorts({ home, processEnv: { LOCKSTEP_LOG: 'debug' } }).log.debug('detail');
    expect(lines()).toMatchObject([{ level: 'debug', msg: 'detail' }]);
  });
});

describe('a rotating file', () => {
  it('keeps three full ones beside it', () => {
    const path = join(directory, 'log');
    const file = new RotatingFile(path, 10);
    for (const line of ['aaaaaaaa\n', 'bbbbbbbb\n', 'cccccccc\n', 'dddddddd\n', 'eeeeeeee\n']) file.write(line);
    const read = [path, `${path}.1`, `${path}.2`, `${path}.3`].map((name) => readFileSync(name, 'utf8')[0]);
    expect(read).toEqual(['e', 'd', 'c', 'b']);
    expect(existsSync(`${path}.4`)).toBe(false);
  });

  it('never waits for somebody to read a fifo', () => {
    const path = join(directory, 'fifo');
    execFileSync('mkfifo', [path]);
    // In this thread: if it waited, nothing would ever end it.
    new RotatingFile(path, 10).write('a\n');
  });

  it('goes on with the size that is there already', () => {
    const path = join(directory, 'log');
    writeFileSync(path, 'a'.repeat(10));
    const file = new RotatingFile(path, 10);
    file.write('b\n');
    file.write('c\n');
    expect(readFileSync(`${path}.1`, 'utf8')).toBe(`${'a'.repeat(10)}b\n`);
  });

  it('loses a line rather than failing', () => {
    writeFileSync(join(directory, 'file'), '');
    new RotatingFile(join(directory, 'file', 'log')).write('line\n');
  });
});
