import type { ActivityKind, ActivityReason } from '../../activity.ts';
import type { Rescued } from '../../commands.ts';
import type { ProblemMark } from '../../problem-mark.ts';

/** Words for one kind of entry: the first of `full`, `named`, `plain` whose values are known. */
interface KindWords {
  readonly full?: string;
  readonly full_one?: string;
  readonly full_other?: string;
  readonly named?: string;
  readonly plain: string;
}

/** Values an entry may carry: count (changes), files, machine, paths (list), commit (short), remote, name, to, keep, changed, total, id, jobMs, waitedMs, via, problem. */
const what: Record<ActivityKind, KindWords> = {
  added: { plain: 'Began to watch {{folder}}.' },
  removed: { plain: 'Stopped watching {{folder}}. Its files were not touched.' },
  located: { full: 'Goes on with {{folder}} at {{path}}.', plain: 'Goes on with {{folder}} at another place.' },
  committed: { full: 'Committed {{paths}} as {{commit}}.', plain: 'Committed changes to {{folder}}.' },
  pushed: {
    full_one: 'Pushed one change of {{folder}} from this machine.',
    full_other: 'Pushed {{count}} changes of {{folder}} from this machine.',
    plain: 'Pushed {{folder}} from this machine.',
  },
  pulled: {
    full_one: 'Took one change to {{folder}} from {{machine}}.',
    full_other: 'Took {{count}} changes to {{folder}} from {{machine}}.',
    named: 'Took {{paths}} to {{folder}} from the server.',
    plain: 'Took changes to {{folder}} from the server.',
  },
  merged: { full: 'Joined changes to {{folder}} from {{machine}} with those made here.', plain: 'Joined changes to {{folder}} from the server with those made here.' },
  conflict: { full: 'Kept both versions of {{paths}}.', plain: 'Kept both versions of a file in {{folder}}.' },
  resolved: { full: '{{paths}} has one version again.', plain: 'A file in {{folder}} has one version again.' },
  restored: { full: 'Brought back {{paths}} as it was.', plain: 'Brought back an older version in {{folder}}.' },
  'set-aside': { full: 'Set aside the version of {{paths}} that was here; it can be brought back.', plain: 'Set aside a version that was here in {{folder}}; it can be brought back.' },
  'let-go': { full: 'Let go of what was set aside in {{folder}} more than {{days}} days ago: {{paths}}.', plain: 'Let go of what was set aside in {{folder}} long ago.' },
  'brought-back': { full: 'Brought back {{paths}} from what was set aside.', plain: 'Brought back a file of {{folder}} that was set aside.' },
  held: { full: '{{problem}}', named: 'Left out {{paths}}.', plain: 'Left out a file of {{folder}}.' },
  'taken-out': {
    full_one: 'Took {{paths}} out of a commit that was never pushed; it is kept as it was on this machine.',
    full_other: 'Took {{paths}} out of {{count}} commits that were never pushed; they are kept as they were on this machine.',
    plain: 'Took a file out of commits that were never pushed.',
  },
  'mass-change': {
    full: '{{changed}} of {{total}} files of {{folder}} vanished or changed with what {{machine}} sent. “lockstep rescue {{id}} restore {{name}}” puts the folder as it was before beside it.',
    named: '{{changed}} of {{total}} files of {{folder}} vanished or changed with what came. “lockstep rescue {{id}} restore {{name}}” puts the folder as it was before beside it.',
    plain: 'Most files of {{folder}} vanished or changed with what came; the folder as it was before is kept under rescue.',
  },
  snapshot: { plain: 'Kept a snapshot of {{folder}} while you are at work in it.' },
  scanned: {
    full_one: 'Looked through the whole of {{folder}}: one file, nothing missed.',
    full_other: 'Looked through the whole of {{folder}}: {{count}} files, nothing missed.',
    plain: 'Looked through the whole of {{folder}}.',
  },
  waited: { full: '{{folder}} waited {{waited}}, then went on by itself.', plain: '{{folder}} waited, then went on by itself.' },
  problem: { full: '{{folder}}: {{problem}}', plain: '{{folder}} cannot go on right now.' },
  mended: { full: '{{folder}} goes on; it was held up for {{waited}}, and nothing was lost.', plain: '{{folder}} goes on; nothing was lost.' },
  paused: { plain: 'Paused {{folder}}.' },
  resumed: { plain: '{{folder}} goes on.' },
  approved: { plain: 'You let through what held {{folder}} back.' },
  signal: { full: 'Heard from {{machine}} that {{folder}} has something new.', plain: 'Heard that {{folder}} has something new.' },
  recovered: { full: '{{folder}} went on with {{paths}} where it was interrupted; nothing was lost.', plain: '{{folder}} went on where it was interrupted; nothing was lost.' },
  'mirror-added': { full: 'Began to keep the mirror {{mirror}}.', plain: 'Began to keep a mirror.' },
  'mirror-removed': { full: 'Stopped keeping the mirror {{mirror}}. Its copies were not touched.', plain: 'Stopped keeping a mirror. Its copies were not touched.' },
  'mirror-found': {
    full_one: 'Found one more repository for {{mirror}}: {{paths}}.',
    full_other: 'Found {{count}} more repositories for {{mirror}}: {{paths}}.',
    plain: 'Found more repositories for a mirror.',
  },
  mirrored: {
    full_one: 'Copied {{repository}} of {{mirror}}: {{paths}} moved.',
    full_other: 'Copied {{repository}} of {{mirror}}: {{count}} branches and tags moved.',
    plain: 'Copied what moved in a mirror.',
  },
  'mirror-problem': { full: '{{repository}} of {{mirror}}: {{problem}}', named: '{{mirror}}: {{problem}}', plain: 'A mirror cannot go on right now.' },
  'mirror-mended': { full: '{{repository}} of {{mirror}} goes on; nothing was lost.', plain: 'A mirror goes on; nothing was lost.' },
  'mirror-approved': { full: 'You let through what waited in {{repository}} of {{mirror}}.', plain: 'You let through what waited in a mirror.' },
  'mirror-restored': { full: 'Made the branch {{branch}} in {{repository}} of {{mirror}} from a backup.', plain: 'Made a branch from a backup.' },
};

const why: Record<ActivityReason, KindWords> = {
  quiet: { full: 'The folder was quiet for {{seconds}} s (commit delay).', plain: 'The folder was quiet for its commit delay.' },
  'max-wait': { full: 'The folder never got quiet, so it was done after {{seconds}} s (longest wait).', plain: 'The folder never got quiet, so it was done after the longest wait.' },
  asked: { plain: 'You asked for it.' },
  start: { plain: 'Lockstep had just started.' },
  wake: { plain: 'The machine had slept, or the network was back.' },
  'safety-scan': { plain: 'Once an hour and after sleep the whole folder is looked through.' },
  hook: { plain: 'A webhook told of it.' },
  xmpp: { plain: 'Its signal came by XMPP.' },
  fanout: { plain: 'Its signal came by fanout.' },
  poll: { plain: 'Found when looking at the server.' },
  retry: { plain: 'It was tried again after a pause.' },
  rule: { plain: 'A rule of this folder says so; the rest went on.' },
  'by-hand': { plain: 'It was done by hand.' },
  'remote-moved': { plain: 'Another machine had pushed first.' },
  'two-versions': { plain: 'It was changed on two machines at the same time.' },
  'file-in-the-way': { plain: 'A file was already there under that name.' },
  'changed-meanwhile': { plain: 'It was changed here while the other version came.' },
  crash: { plain: 'Lockstep had been ended in the middle.' },
};

/** Why a problem stands in the log: what ends it. */
const whyProblem: Record<ProblemMark, string> = {
  broken: 'Until it is mended, what is saved stays here.',
  asks: 'It waits until you are done, or have decided.',
  ours: 'It is tried again by itself.',
  held: 'Only this was left out; the rest went on.',
  note: 'The folder goes on.',
};

const rescued: Record<Rescued['why'], string> = {
  'ignored-here': 'an ignored file that was in the way of an incoming one',
  'changed-meanwhile': 'changed here while another version came',
  'restored-over': 'replaced when an older version was brought back',
  'left-behind': 'left behind when Lockstep was ended in the middle',
  snapshot: 'the whole folder, as it was while you were in the middle of something in Git',
  'remote-history': 'the whole folder, as the remote had it before its history was replaced',
  'mass-change': 'the whole folder, as it was before most of its files vanished or changed with what came',
};

export const activity = { what, why, 'why-problem': whyProblem, 'why-resumed': 'The time of the pause was over.', 'why-mass-change': 'It was let through on another machine, or made by hand.', rescued };
