import type { MirrorCode } from '../../mirror-problem.ts';

/** `full` when every value it names is known, else `plain`; `button` for the window, `step` as a person at a terminal takes it. */
interface MirrorProblemWords {
  readonly full?: string;
  readonly full_one?: string;
  readonly full_other?: string;
  readonly plain: string;
  readonly button: string;
  readonly step: string;
}

const WAIT = 'Nothing to do: it goes on by itself.';
const APPROVE = 'Look at it with “lockstep mirror preview {{mirror}}”, then “lockstep mirror approve {{mirror}} {{repository}}”.';

/**
 * What holds a mirror. Values, all optional: mirror, repository, server, account, owner, name, detail, count, total, refs, branch,
 * until, path, bytes, freeBytes, twin, tool, seconds, status.
 */
export const mirrorProblems: Record<MirrorCode, MirrorProblemWords> = {
  offline: { full: '{{server}} cannot be reached. What was copied so far is whole.', plain: 'The server cannot be reached. What was copied so far is whole.', button: 'Try now', step: WAIT },
  timeout: { full: '{{server}} did not answer for {{seconds}} s. What was copied so far is whole.', plain: 'The server did not answer in time. What was copied so far is whole.', button: 'Try now', step: WAIT },
  'auth-failed': { full: '{{server}} refused the token of {{account}}.', plain: 'The server refused the token or key.', button: 'Renew the token…', step: 'Give a new token: “lockstep account add {{account}} … --token-stdin”.' },
  'not-allowed': { full: '{{server}} knows the token of {{account}}, but it may not do this: “{{detail}}”.', plain: 'The token is known, but it may not do this.', button: 'Renew the token…', step: 'Give the token that right at the forge, or give another: “lockstep account add {{account}} … --token-stdin”.' },
  'rate-limited': { full: '{{server}} asks us to wait until {{until}}; mirrors go on then.', plain: 'The server asks us to wait; mirrors go on then.', button: 'Try now', step: WAIT },
  'tls-failed': { full: 'The connection to {{server}} is not secure, so nothing was asked: “{{detail}}”.', plain: 'The connection to the server is not secure, so nothing was asked.', button: 'Try now', step: 'See to the server’s certificate, then “lockstep mirror run {{mirror}}”.' },
  'host-key-changed': { full: '{{server}} shows another key than before; nothing was asked.', plain: 'The server shows another key than before; nothing was asked.', button: 'Try now', step: 'Ask who runs the server; when the new key is right, accept it once with ssh, then “lockstep mirror run {{mirror}}”.' },
  'remote-gone': { full: '{{server}} says that {{repository}} is not there, or that this account may not see it. Your copy is whole.', plain: 'The server says that it is not there, or that this account may not see it. Your copy is whole.', button: 'Look again', step: 'See whether it was deleted or hidden. Your copy stays; “lockstep mirror run {{mirror}}” looks again.' },
  'remote-rejected': { full: 'The target does not take {{branch}}: “{{detail}}”.', plain: 'The target does not take what comes.', button: 'Try now', step: 'See to the rules of the target (protected branches), then “lockstep mirror run {{mirror}}”.' },
  'remote-damaged': { full: 'What {{server}} sends cannot be understood: “{{detail}}”. Your copy is whole.', plain: 'What the server sends cannot be understood. Your copy is whole.', button: 'Try now', step: 'See whether the address is right and the server is well, then “lockstep mirror run {{mirror}}”.' },
  'remote-rewritten': {
    full_one: '{{branch}} was rewritten at the source; one commit left it. It was not moved here.',
    full_other: '{{branch}} was rewritten at the source; {{count}} commits left it. It was not moved here.',
    plain: 'History was rewritten at the source, and not followed here.',
    button: 'Look at the plan',
    step: APPROVE,
  },
  'owner-gone': { full: '{{server}} knows no {{owner}}, or this account may not see it. Your copies are whole.', plain: 'The server knows no such owner, or this account may not see it. Your copies are whole.', button: 'Look again', step: 'See whether the name is right; “lockstep mirror run {{mirror}}” looks again.' },
  'account-missing': { full: 'There is no account {{account}} any more, so nothing can be asked for.', plain: 'Its account is not there any more, so nothing can be asked for.', button: 'Add the account…', step: 'Add it again: “lockstep account add {{account}} … --token-stdin”.' },
  'listing-failed': { full: 'The list of repositories was not read to its end ({{detail}}), so nothing was concluded from it.', plain: 'The list of repositories was not read to its end, so nothing was concluded from it.', button: 'Try now', step: WAIT },
  'listing-shrank': {
    full_one: 'One of {{total}} repositories is not in the list any more. Nothing was removed.',
    full_other: '{{count}} of {{total}} repositories are not in the list any more. Nothing was removed.',
    plain: 'Many repositories are not in the list any more. Nothing was removed.',
    button: 'Look first…',
    step: 'See at the forge whether they are gone. When the list is right: “lockstep mirror approve {{mirror}} \'*\'”. Your copies stay in any case.',
  },
  'source-emptied': { full: '{{repository}} is suddenly empty at the source. Your copy with {{refs}} branches and tags is whole.', plain: 'It is suddenly empty at the source. Your copy is whole.', button: 'Look at the plan', step: APPROVE },
  'refs-vanished': { full: '{{count}} of {{total}} branches and tags vanished at the source at once. Nothing was deleted.', plain: 'Many branches and tags vanished at the source at once. Nothing was deleted.', button: 'Look at the plan', step: APPROVE },
  'refs-deleted': { full_one: '{{branch}} was deleted at the source; this mirror asks before it follows.', full_other: '{{count}} branches and tags were deleted at the source; this mirror asks before it follows.', plain: 'Something was deleted at the source; this mirror asks before it follows.', button: 'Look at the plan', step: APPROVE },
  'target-diverged': {
    full_one: 'One branch was changed at the target by another hand ({{branch}}). Nothing was pushed over it.',
    full_other: '{{count}} branches were changed at the target by another hand ({{branch}} and others). Nothing was pushed over them.',
    plain: 'The target was changed by another hand. Nothing was pushed over it.',
    button: 'Decide…',
    step: 'To push over it (its tip is kept here): “lockstep mirror approve {{mirror}} {{repository}}”. To keep theirs beside it as a branch, add “--rename NAME”. Or change nothing: the rest goes on.',
  },
  'target-taken': { full: '{{path}} holds files that Lockstep did not put there, so nothing was written.', plain: 'The target holds what Lockstep did not put there, so nothing was written.', button: 'Open folder', step: 'Choose another folder for {{name}}, or move what is there away; then “lockstep mirror run {{mirror}}”.' },
  'name-refused': { full: '“{{name}}” cannot be kept under that name here, so it was left out.', plain: 'Its name cannot be kept here, so it was left out.', button: 'Look again', step: 'Rename it at the source; the rest goes on.' },
  'case-twin': { full: '{{name}} and {{twin}} differ in upper and lower case only; this disk cannot hold both, so {{name}} was left out.', plain: 'Two names differ in upper and lower case only; one was left out.', button: 'Look again', step: 'Rename one of them at the source.' },
  'lfs-missing': { full: 'It uses Git LFS, whose files were not copied: {{detail}}.', plain: 'It uses Git LFS, whose files were not copied.', button: 'Try now', step: 'Install git-lfs and set “lockstep mirror set {{mirror}} lfs=true”.' },
  'hook-missing': { full: 'The webhook could not be installed at {{server}}: “{{detail}}”. It is looked at every hour instead.', plain: 'The webhook could not be installed. It is looked at every hour instead.', button: 'Try now', step: 'Give the token the right to install webhooks, or install it by hand; then “lockstep mirror run {{mirror}}”.' },
  'default-branch-kept': { full: '{{branch}} is the target’s current branch, so the target would not delete it. All else was done.', plain: 'The target’s current branch could not be deleted there. All else was done.', button: 'Try now', step: 'Choose another default branch at the target, then “lockstep mirror run {{mirror}}”.' },
  'disk-full': { full: '{{freeBytes}} are left on the disk of {{path}}; {{repository}} needs about {{bytes}}. The old copy is whole.', plain: 'There is too little room on the disk. The old copy is whole.', button: 'Open folder', step: 'Make room; it goes on by itself.' },
  'read-only': { full: '{{path}} cannot be written.', plain: 'The target folder cannot be written.', button: 'Open folder', step: 'Give the folder back its rights; it goes on by itself.' },
  'root-missing': { full: '{{path}} is not there; is its disk connected?', plain: 'The target folder is not there; is its disk connected?', button: 'Look again', step: 'Connect the disk; it goes on by itself. When the copies are gone for good, “lockstep mirror approve {{mirror}} \'*\'” begins anew.' },
  'damaged-repository': { full: 'The copy in {{path}} is damaged: “{{detail}}”. Nothing was written to it.', plain: 'The copy is damaged. Nothing was written to it.', button: 'Open folder', step: 'Move the folder away; “lockstep mirror run {{mirror}}” copies it anew.' },
  locked: { full: 'Another program is at work in {{path}}; it is tried again.', plain: 'Another program is at work in the copy; it is tried again.', button: 'Look again', step: WAIT },
  'system-limit': { plain: 'The system has no more processes, files or memory for us; it is tried again.', button: 'Try now', step: WAIT },
  unexpected: { full: 'Something unexpected happened: {{detail}}. Nothing was lost; it is tried again.', plain: 'Something unexpected happened. Nothing was lost; it is tried again.', button: 'Try now', step: WAIT },
  'tool-missing': { full: '{{tool}} is missing or too old.', plain: 'A program that this needs is missing or too old.', button: 'Try now', step: 'Install it, then “lockstep mirror run {{mirror}}”.' },
};
