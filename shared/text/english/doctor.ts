import type { DoctorCheckName } from '../../doctor-check.ts';

/** What a check says when all is well and when not, and what mends it. `{{…}}` are the finding's values. */
interface CheckWords {
  readonly ok: string;
  readonly bad: string;
  readonly fix: string;
}

export const doctor: Record<DoctorCheckName, CheckWords> = {
  node: { ok: 'Node {{version}}', bad: 'Node {{version}} is too old', fix: 'Install Node {{needed}} or newer.' },
  git: { ok: 'git {{version}}', bad: 'git {{version}} is too old', fix: 'Install git {{needed}} or newer.' },
  'git-missing': { ok: '', bad: 'git was not found', fix: 'Install git {{needed}} or newer.' },
  hg: { ok: 'hg {{version}}', bad: 'hg {{version}} is too old', fix: 'Install Mercurial {{needed}} or newer.' },
  'hg-missing': { ok: 'hg is not installed; only Mercurial folders need it', bad: 'hg was not found, and a Mercurial folder needs it', fix: 'Install Mercurial.' },
  home: { ok: '{{path}} is ours alone', bad: '{{path}} can be read by others (mode {{mode}})', fix: 'chmod 700 {{path}}' },
  'home-owner': { ok: '', bad: '{{path}} belongs to another user', fix: 'Choose a home of your own with --home.' },
  settings: { ok: 'settings are readable', bad: 'settings could not be read', fix: 'The damaged file is kept beside {{path}}; mend it by hand, or add the folders again.' },
  secrets: { ok: 'secrets are ours alone', bad: '{{path}} can be read by others (mode {{mode}})', fix: 'chmod 600 {{path}}' },
  'secrets-none': { ok: 'no secret is kept in a file', bad: '', fix: '' },
  socket: { ok: 'the program runs as process {{pid}}', bad: 'nothing runs on this home, so nothing is kept in step', fix: 'Start the app, or “lockstep daemon”.' },
  'disk-space': { ok: '{{freeBytes}} free', bad: 'only {{freeBytes}} free', fix: 'Make room on the disk of {{path}}.' },
  'watch-limit': {
    ok: '{{directories}} of at most {{limit}} directories watched',
    bad: '{{directories}} directories to watch, and the system allows {{limit}}',
    fix: 'sudo sysctl fs.inotify.max_user_watches={{wanted}}',
  },
  'folder-path': { ok: '{{folder}}: {{path}}', bad: '{{folder}}: {{path}} is not there', fix: 'Bring it back, or remove the folder: lockstep folder remove {{folder}}' },
  'folder-repository': { ok: '{{folder}}: the repository can be read', bad: '{{folder}}: {{detail}}', fix: 'git -C {{path}} fsck' },
  'folder-remote': { ok: '{{folder}}: {{url}} answers', bad: '{{folder}}: {{detail}}', fix: 'git -C {{path}} ls-remote {{remote}}' },
  'folder-remote-none': { ok: '{{folder}}: no server is set; changes are saved here only', bad: '', fix: '' },
  'folder-branch': { ok: '{{folder}}: on {{branch}}', bad: '{{folder}}: not on {{branch}}', fix: 'git -C {{path}} switch {{branch}}' },
  'folder-state': { ok: '{{folder}}: nothing in the way', bad: '{{folder}}: {{detail}}', fix: 'git -C {{path}} status' },
  'folder-trust': { ok: '{{folder}}: runs nothing of the repository’s own', bad: '{{folder}}: would run {{keys}}; switched off', fix: 'If you trust it: lockstep folder set {{folder}} trust=true' },
  signal: { ok: '{{which}}: {{state}}', bad: '{{which}}: {{state}}', fix: 'Check the address and the password: lockstep signal status' },
  'signal-port': { ok: '', bad: 'fanout: another program listens at {{serve}} already', fix: 'End that program, or serve on another port: lockstep signal fanout --serve HOST:PORT' },
  'signal-none': { ok: 'no signal is set up; the servers are looked at now and then instead', bad: '', fix: '' },
};

/** The checks' names in a list for people. */
export const checkNames = {
  node: 'Node',
  git: 'Git',
  hg: 'Mercurial',
  home: 'Own files',
  settings: 'Settings',
  secrets: 'Secrets',
  socket: 'Program',
  'disk-space': 'Disk',
  'watch-limit': 'Watching',
  'folder-path': 'Place',
  'folder-repository': 'Repository',
  'folder-remote': 'Server',
  'folder-branch': 'Branch',
  'folder-state': 'In the way',
  'folder-trust': 'Own programs',
  signal: 'Signals',
  other: 'Check',
};
