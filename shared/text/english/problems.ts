import type { ProblemCode } from '../../problem.ts';

/**
 * `full` is used when every value it names is known, else `named`, else `plain`, which names none. Before these comes the
 * sentence of `how` that the problem's own `how` chooses, where one code has kinds that a person must tell apart.
 */
export interface ProblemWords {
  readonly how?: Readonly<Record<string, string>>;
  readonly full?: string;
  readonly full_one?: string;
  readonly full_other?: string;
  readonly named?: string;
  readonly plain: string;
  readonly button: string;
  /** Likewise, where another deed is called for. */
  readonly 'how-button'?: Readonly<Record<string, string>>;
}

/**
 * Values a problem may carry (`params`), all optional: how, server, status, version, needed, seconds, count, total, branch, present, remote, reason, detail,
 * pid, command, file, freeBytes, bytes, limit, path, line, rule, hook, tool, until, directories, polled, keys, kept, restored.
 */
export const problems: Record<ProblemCode, ProblemWords> = {
  offline: { how: { clone: 'The server cannot be reached, so nothing was brought here.', 'server-error': 'The server answers with an error ({{status}}). Changes are saved here and go out when it works again.' }, plain: 'No network. Changes are saved here and go out when it is back.', button: 'Try now' },
  timeout: {
    how: { clone: 'The server did not answer in time, so nothing was brought here.' },
    full: '{{server}} did not answer for {{seconds}} s. Nothing is lost; it is tried again.',
    plain: 'The server did not answer in time. Nothing is lost; it is tried again.',
    button: 'Try now',
  },
  'auth-failed': { how: { clone: 'The server refused the password or key, or there is no such repository for you. Sign in once with Git in a terminal, then try again.' }, full: '{{server}} refused the password or key for {{folder}}.', plain: 'The server refused the password or key for this folder.', button: 'Sign in…' },
  'remote-gone': { how: { clone: 'There is no repository at this address, or it is not one for you.' }, full: '{{server}} has no repository at this address any more.', plain: 'The server has no repository at this address any more.', button: 'Change address…' },
  'remote-rejected': {
    full: 'The server does not take changes to {{branch}}: “{{detail}}”.',
    plain: 'The server does not take changes to this branch.',
    button: 'Choose branch…',
  },
  'remote-rewritten': {
    how: {
      emptied: 'The repository on the server is empty now. What you have here is kept.',
      'branch-gone': 'The server has no branch {{branch}} any more. What you have here is kept.',
      unrelated: 'The server holds another history now, which has nothing in common with what you have. What you have is kept.',
    },
    full_one: 'The server’s history was rewritten; one change you have is not in it.',
    full_other: 'The server’s history was rewritten; {{count}} changes you have are not in it.',
    plain: 'The server’s history was rewritten. What you have is kept.',
    button: 'Decide…',
  },
  'remote-changed': { full: 'The address of {{remote}} was changed outside Lockstep. It is {{url}} now; agreed to was {{agreed}}.', named: 'The address of {{remote}} was changed outside Lockstep.', plain: 'The address of the server was changed outside Lockstep.', button: 'Compare…' },
  'remote-damaged': { plain: 'The repository on the server is damaged. What you have here is whole.', button: 'Show its words' },
  'tls-failed': {
    full: 'The connection to {{server}} is not secure, so nothing was sent: “{{detail}}”.',
    plain: 'The connection to the server is not secure, so nothing was sent.',
    button: 'Try now',
  },
  'host-key-changed': {
    how: { unknown: '{{server}} is not known here yet: nobody has accepted its key, so nothing was sent.' },
    full: '{{server}} shows another key than before; nothing was sent.',
    plain: 'The server shows another key than before; nothing was sent.',
    button: 'Check the key…',
  },
  'no-remote': { full: 'The repository has no remote {{remote}}; changes are saved here only.', plain: 'No server is set for this folder; its changes are saved here only.', button: 'Set a server…' },
  'no-branch': { full: '{{present}} is checked out here; Lockstep keeps {{branch}} in step, and only while that is checked out.', named: 'There is no branch {{branch}} that could be kept in step.', plain: 'The branch of this folder is not checked out, so there is nowhere to put changes.', button: 'Choose branch…' },
  'rebase-in-progress': { how: { am: 'You are in the middle of “git am” here; Lockstep goes on by itself after it.' }, plain: 'You are in the middle of a rebase here; Lockstep goes on by itself after it.', button: 'Open terminal' },
  'merge-in-progress': { plain: 'You are in the middle of a merge here; Lockstep goes on by itself after it.', button: 'Open terminal' },
  'cherry-pick-in-progress': { plain: 'You are in the middle of a cherry-pick here; Lockstep goes on by itself after it.', button: 'Open terminal' },
  'revert-in-progress': { plain: 'You are in the middle of a revert here; Lockstep goes on by itself after it.', button: 'Open terminal' },
  'bisect-in-progress': { plain: 'You are in the middle of a bisect here; Lockstep goes on by itself after it.', button: 'Open terminal' },
  'detached-head': { plain: 'No branch is checked out here, so there is nowhere to put changes.', button: 'Open terminal' },
  'changes-staged': {
    full_one: 'You have staged a file yourself; it waits for your commit.',
    full_other: 'You have staged {{count}} files yourself; they wait for your commit.',
    plain: 'You have staged files yourself; they wait for your commit.',
    button: 'Open terminal',
  },
  locked: {
    how: {
      remote: 'Another push is under way on the server (it holds {{file}}); Lockstep goes on after it.',
      'left-behind': 'A program that is gone left {{file}} behind, and Git does nothing here while it is there.',
    },
    full: 'Another Git (process {{pid}}, “{{command}}”) is at work here; Lockstep goes on after it.',
    named: 'Another program is at work in this repository and holds {{file}}; Lockstep goes on after it.',
    plain: 'Another program is at work in this repository; Lockstep goes on after it.',
    button: 'Look again',
    'how-button': { 'left-behind': 'Remove it…' },
  },
  'damaged-repository': { full: 'The repository of this folder is damaged: {{detail}}. No file was touched.', plain: 'The repository of this folder is damaged. No file was touched.', button: 'Open folder' },
  'root-missing': {
    full: 'Another repository lies at {{replaced}} now. It was not touched, and nothing of it was pushed.',
    named: '{{path}} is gone, empty or something else now; perhaps a disk is not there. Nothing was deleted anywhere else.',
    plain: 'The folder is not there any more. Nothing was deleted anywhere else.',
    button: 'Find it…',
  },
  'root-emptied': { plain: 'The folder is suddenly empty. Nothing was pushed.', button: 'Decide…' },
  'mass-change': {
    full_one: '{{count}} of {{total}} files vanished or changed at once, so nothing was pushed.',
    full_other: '{{count}} of {{total}} files vanished or changed at once, so nothing was pushed.',
    plain: 'Very many files vanished or changed at once, so nothing was pushed.',
    button: 'Decide…',
  },
  'untrusted-config': { plain: 'This repository would run programs of its own (hooks, filters); they stay off until you trust it.', button: 'Decide…' },
  'disk-full': {
    full: 'The disk is full: {{freeBytes}} left for {{path}}. It goes on when there is room.',
    plain: 'This disk is full; it goes on when there is room.',
    button: 'Look again',
  },
  'read-only': { full: '{{path}} cannot be written here.', plain: 'The folder cannot be written to.', button: 'Look again' },
  'system-limit': { plain: 'This system lets Lockstep open no more files, or start no more programs, just now; it goes on when it may.', button: 'Try now' },
  'unreadable-path': { full: '{{path}} cannot be read here, so it was left out.', plain: 'A file cannot be read here, so it was left out.', button: 'Open folder' },
  'file-too-large': {
    full: '{{path}} is {{bytes}}; the limit for this folder is {{limit}}.',
    named: '{{path}} is larger than the limit for this folder.',
    plain: 'A file is larger than the limit for this folder.',
    button: 'Ignore it',
  },
  'secret-found': {
    how: { 'in-commit': '{{path}}, line {{line}}, looks like a password or key in your commit {{commit}}, so nothing is pushed.' },
    full: '{{path}}, line {{line}}, looks like a password or key, so it was not pushed.',
    named: '{{path}} looks like it holds a password or key, so it was not pushed.',
    plain: 'A file looks like it holds a password or key, so it was not pushed.',
    button: 'Keep it here',
    'how-button': { 'in-commit': 'Decide…' },
  },
  'nested-repository': {
    how: { submodule: '{{path}}, a submodule, holds something else than this folder links to; it is left as it is.' },
    full: '{{path}} is a repository of its own and was left out.',
    plain: 'A repository inside this one was left out.',
    button: 'Add as a folder…',
    'how-button': { submodule: 'Open it' },
  },
  'unsupported-file': {
    how: {
      name: '{{path}} has a name that some systems take for a repository’s own data; it was left out.',
      incoming: '{{path}} came from another machine and cannot be put here: something that is no file is in its place, or this disk does not take its name.',
    },
    full: '{{path}} is not a file that can be kept (a pipe, socket or device) and was left out.',
    plain: 'Something that is not a file was left out.',
    button: 'Open folder',
  },
  'watch-limit': {
    full: 'The system has watches for {{directories}} directories of this folder; {{polled}} are looked at every 30 s instead.',
    plain: 'The system has no watches left; some directories are looked at every 30 s instead.',
    button: 'Raise the limit…',
  },
  'hook-failed': { full: 'The folder’s own check “{{hook}}” said no: “{{detail}}”.', named: 'The folder’s own check “{{hook}}” said no, and not why.', plain: 'The folder’s own check said no.', button: 'Try now' },
  'tool-missing': { how: { 'too-old': 'This needs {{tool}} {{needed}} or newer; here is {{version}}.' }, full: 'This needs {{tool}}, which is not installed here.', plain: 'A program that this needs is not installed here.', button: 'Look again' },
  'rate-limited': { full: '{{server}} asks us to wait until {{until}}; it goes on then.', plain: 'The server asks us to wait; it goes on by itself.', button: 'Try now' },
  'settings-damaged': {
    full: 'The settings could not be read and were kept as {{kept}}; those saved before are in use, {{restored}}.',
    named: 'The settings could not be read. They are kept as {{kept}}, and Lockstep began with empty ones.',
    plain: 'The settings could not be read. Nothing of your folders was touched.',
    button: 'Open settings',
  },
};
