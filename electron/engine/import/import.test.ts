import { describe, expect, it } from 'vitest';
import { createText } from '../../../shared/text/text.ts';
import { sampleFolder } from '../../../shared/testing/sample-state.ts';
import { LockstepError } from '../errors.ts';
import { carryOut, type ImportHandlers } from './carry-out.ts';
import { planImport } from './import-plan.ts';

const plan = (text: string) => planImport(Buffer.from(text));
const refusal = (text: string | Buffer) => {
  try {
    planImport(Buffer.from(text));
  } catch (error) {
    return error instanceof LockstepError ? `${error.code}: ${error.params['detail']}` : error;
  }
};

const AUTOSYNC = `# a person's own
[autosync]
path = /home/me/work dir
pidfile = ~/.autosync.pid
syncmethod = xmpp
notifymethod = all
pulllock = conservative
readfrequency = 5
ignorepath = .git .svn build/*.o
    tmp/[x]

[dvcs]
addcmd = git add %s
; deletes
rmcmd: git rm -r %s
movecmd = git rm %s
   git add %s

[xmpp]
username: me@example.org/box
password = p = q # not a comment
`;

describe('a dvcs-autosync configuration', () => {
  it('becomes a folder with its delay and ignores, and an account', () => {
    expect(plan(AUTOSYNC)).toEqual({
      folders: [{ path: '/home/me/work dir', pushDelayS: 5, ignore: ['/.svn', '/build/\\*.o', '/tmp/\\[x\\]'] }],
      xmpp: { jid: 'me@example.org/box', password: 'p = q # not a comment' },
      fanout: null,
      skipped: [
        { what: 'dvcs.addcmd', why: 'no-counterpart' },
        { what: 'dvcs.rmcmd', why: 'no-counterpart' },
        { what: 'dvcs.movecmd', why: 'no-counterpart' },
      ],
    });
  });

  it.each([
    ['', 'bad-file: there is no [autosync] section with a path'],
    ['[autosync]\nsyncmethod = none\n', 'bad-file: there is no [autosync] section with a path'],
    ['[autosync]\npath /x\n', 'bad-file: line 2 is not understood'],
    ['path = /x\n', 'bad-file: line 1 is not understood'],
    [Buffer.from([0xff, 0xfe]), 'bad-file: it is not UTF-8 text'],
    ['x'.repeat(1024 * 1024 + 1), 'bad-file: it is too large'],
  ])('is refused in a sentence (%#)', (text, sentence) => {
    expect(refusal(text)).toBe(sentence);
  });

  it('sends nobody a message when it did not before', () => {
    expect(plan(AUTOSYNC.replace('syncmethod = xmpp', 'syncmethod = none')).xmpp).toBeNull();
  });
});

const project = (name: string, more = '') => `<folder><name>${name}</name><identifier>0</identifier><url>ssh://me@host/x</url><backend>Git</backend>${more}</folder>`;

describe('a SparkleShare projects.xml', () => {
  it('becomes its folders and one fanout server', () => {
    const text = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>
      <sparkleshare><user><name>A &amp; B</name><email>x</email></user><notifications>True</notifications>
      <!-- <folder><name>not this</name></folder> -->
      ${project('notes', '<announcements_url>tcp://fan.example.org</announcements_url>')}
      ${project('host/caf&#xe9;', '<announcements_url>tcp://fan.example.org:443</announcements_url>')}
      ${project('old').replace('Git', 'Subversion')}
      </sparkleshare>`;
    expect(plan(text)).toEqual({
      folders: [
        { path: '~/SparkleShare/notes', name: 'notes', ignore: [] },
        { path: '~/SparkleShare/host/café', name: 'host/café', ignore: [] },
      ],
      xmpp: null,
      fanout: 'tcp://fan.example.org:443',
      skipped: [{ what: 'old', why: 'not-git' }],
    });
  });

  it('may keep its folders elsewhere, and never leads out of there', () => {
    const text = `<sparkleshare><folders_path>/data/</folders_path>${['../../etc', '/etc', 'a/../../b', '.'].map((name) => project(name)).join('')}${project('ok')}</sparkleshare>`;
    expect(plan(text).folders.map(({ path }) => path)).toEqual(['/data/ok']);
    expect(plan(text).skipped).toHaveLength(4);
  });

  it.each([
    ['<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sparkleshare>&a;</sparkleshare>', 'it is not well-formed XML, or uses a document type'],
    ['<sparkleshare>&a;</sparkleshare>', '“&a;” is not understood'],
    ['<sparkleshare>', 'it is not well-formed XML'],
    ['<sparkleshare></other>', '</other> has no beginning'],
    ['<a/><b/>', 'it is not well-formed XML'],
    ['<html></html>', 'it is a list of “html”, not of SparkleShare projects'],
    [`${'<a>'.repeat(50)}`, 'it is nested too deeply'],
    ['<sparkleshare>&#xd800;</sparkleshare>', '“&#xd800;” is not understood'],
  ])('hostile: %s', (text, detail) => {
    expect(refusal(text)).toBe(`bad-file: ${detail}`);
  });
});

describe('carrying it out', () => {
  it('adds what can be added and says what could not', async () => {
    const asked: unknown[] = [];
    const handlers: ImportHandlers = {
      'folder.add': async (input) => {
        asked.push(input);
        if (input.path === '/home/me/gone') throw new LockstepError('no-such-path', { path: input.path });
        return sampleFolder({ id: 'notes' });
      },
      'signal.xmpp': async () => Promise.reject(new LockstepError('usage', { detail: 'no account' })),
      'signal.fanout': async () => ({ xmpp: { state: 'off', jid: null }, fanout: { state: 'connecting', url: 'tcp://h:1', serving: null } }),
    };
    const folders = [{ path: '~/gone', ignore: [] }, { path: '/notes', pushDelayS: 5, ignore: ['/x'] }];
    const done = await carryOut({ folders, xmpp: { jid: 'a@b', password: 'p' }, fanout: 'tcp://h:1', skipped: [{ what: 'old', why: 'not-git' }] }, handlers, { text: createText(), homeDirectory: '/home/me' }, new AbortController().signal);
    expect(asked).toEqual([
      { path: '/home/me/gone', name: undefined, paused: false, options: {} },
      { path: '/notes', name: undefined, paused: false, options: { pushDelay: 5, ignore: ['/x'] } },
    ]);
    expect(done).toEqual({ folders: ['notes'], signals: ['fanout'], skipped: ['old: it is not a Git project', '~/gone: There is no /home/me/gone.', 'xmpp: no account'] });
  });
});
