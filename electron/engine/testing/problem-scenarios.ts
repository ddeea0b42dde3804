import type { ProblemCode } from '../../../shared/problem.ts';

/** A test by its file, below `electron/engine/`, and (the beginning of) its name. */
type Scenario = readonly [file: string, name: string];

/**
 * For every code: tests in which a whole engine comes into that trouble, so that somebody who meets it can make it
 * happen again from the test's name. One line for each test; `problem-scenarios.test.ts` looks that they are there.
 */
export const PROBLEM_SCENARIOS: Readonly<Record<ProblemCode, readonly Scenario[]>> = {
  // The way to the remote.
  offline: [
    ['problems/network.test.ts', 'nobody listens at is no network, until somebody does'],
    ['problems/network.test.ts', 'has an error of its own'],
    ['problems/network.test.ts', 'is overloaded'],
  ],
  timeout: [
    ['problems/network.test.ts', 'says nothing'],
    ['problems/network.test.ts', 'stops in the middle of a transfer is given up, and the rest comes when it goes on'],
  ],
  'rate-limited': [
    ['problems/network.test.ts', 'asks to come back later'],
  ],
  'auth-failed': [
    ['problems/network.test.ts', 'asks for a password'],
    ['problems/network.test.ts', 'forbids'],
    ['problems/programs.test.ts', 'takes no key of ours'],
  ],
  'tls-failed': [
    ['problems/network.test.ts', 'shows a certificate that nobody vouches for is sent nothing'],
  ],
  'host-key-changed': [
    ['problems/programs.test.ts', 'shows another key than before'],
    ['problems/programs.test.ts', 'is not known yet'],
  ],
  'remote-gone': [
    ['engine.test.ts', 'queues commits while the remote is gone, and pushes when it is back'],
    ['problems/network.test.ts', 'knows no such repository'],
    ['problems/remote-history.test.ts', 'is gone is waited for, and gets everything when it is back'],
  ],
  'remote-rejected': [
    ['engine.test.ts', 'says that it cannot push where it does not pull, instead of trying for ever'],
    ['problems/remote-history.test.ts', 'refuses what is pushed says why, and gets everything when it does so no more'],
  ],
  'remote-rewritten': [
    ['engine.test.ts', 'asks when the remote was rewritten, and keeps both histories'],
    ['problems/remote-history.test.ts', 'was rewritten by force is asked about, and both histories are kept'],
    ['problems/remote-history.test.ts', 'was emptied is not filled again unasked'],
    ['problems/remote-history.test.ts', 'lost its branch is not given it again unasked'],
    ['problems/remote-history.test.ts', 'holds another history at the same address is asked about'],
  ],
  'remote-changed': [
    ['problems/remote-history.test.ts', 'was pointed at another repository is not followed, and gone on with when it is set back'],
  ],
  'remote-damaged': [
    ['problems/remote-history.test.ts', 'lost an object is damaged, and gone on with when it has it again'],
  ],
  'no-remote': [
    ['problems/remote-history.test.ts', 'was removed from the configuration is said, and gone on with when it is there again'],
    ['problems/home.test.ts', 'a folder without a remote says that its changes are saved here only, and commits them'],
  ],

  // The person's own git, and the tools.
  'no-branch': [
    ['problems/branches.test.ts', 'in the quiet period commits nothing, on either branch, until the switch back'],
    ['problems/own-git.test.ts', 'another branch'],
    ['problems/own-git.test.ts', 'a branch without a commit'],
  ],
  'rebase-in-progress': [
    ['problems/own-git.test.ts', 'a rebase that stopped at a conflict'],
    ['problems/own-git.test.ts', 'a rebase by patches that stopped at a conflict'],
    ['problems/own-git.test.ts', 'an interactive rebase that stopped to edit a commit'],
    ['problems/own-git.test.ts', 'mailed patches that do not apply'],
  ],
  'merge-in-progress': [
    ['problems/own-git.test.ts', 'a merge with a conflict'],
    ['problems/own-git.test.ts', 'a merge that waits for its commit'],
  ],
  'cherry-pick-in-progress': [
    ['problems/own-git.test.ts', 'a cherry-pick with a conflict'],
    ['problems/own-git.test.ts', 'a cherry-pick of several commits, one of them being decided'],
  ],
  'revert-in-progress': [
    ['problems/own-git.test.ts', 'a revert with a conflict'],
  ],
  'bisect-in-progress': [
    ['problems/own-git.test.ts', 'a bisect'],
  ],
  'detached-head': [
    ['problems/own-git.test.ts', 'a look at an older commit'],
  ],
  'changes-staged': [
    ['problems/own-git.test.ts', 'a merge into one commit, with a conflict'],
    ['problems/own-git.test.ts', 'some lines of a file staged for a commit of one’s own'],
  ],
  locked: [
    ['problems/locks.test.ts', 'of a git that is gone stays, what is saved is kept, and it goes on when the lock is gone'],
    ['problems/locks.test.ts', 'that was touched a moment ago is not removed, whatever is said'],
    ['problems/locks.test.ts', 'a commit of the person’s with an editor open is waited for, and wins'],
    ['problems/locks.test.ts', 'is waited for, and commits go on here'],
    ['folder/clock-and-sleep.test.ts', 'tells of a lock that is left, though by the clock it is of tomorrow'],
  ],
  'damaged-repository': [
    ['problems/damage.test.ts', 'an empty branch without a log waits for a person, and pushes nothing'],
    ['problems/damage.test.ts', 'the index is garbage waits, and goes on when it is made anew'],
    ['problems/damage.test.ts', 'the configuration is garbage waits, and goes on when it is good again'],
    ['problems/damage.test.ts', 'an object that was never pushed is missing says so, and does not blame the server'],
  ],
  'untrusted-config': [
    ['folder/trust.test.ts', 'holds for what the person saw, until a pull brings something else'],
  ],
  'hook-failed': [
    ['problems/programs.test.ts', '%s: is told with what it said, and asked again'],
  ],
  'tool-missing': [
    ['problems/programs.test.ts', 'is not there any more, and is again'],
    ['problems/programs.test.ts', 'is older than it must be'],
  ],
  'settings-damaged': [
    ['problems/home.test.ts', 'settings that cannot be read are kept and told of, and the folder goes on with those saved before'],
  ],

  // The folder, the disk, and single files.
  'root-missing': [
    ['folder/root-in-engine.test.ts', 'removed'],
    ['folder/root-in-engine.test.ts', 'replaced by an empty directory, as by a disk that is not mounted'],
    ['folder/root-in-engine.test.ts', 'replaced by another repository with the same remote'],
    ['folder/root-in-engine.test.ts', 'removed, and another repository made in its place at once'],
    ['folder/root-in-engine.test.ts', 'there, with another repository in the place of its own'],
    ['folder/root-in-engine.test.ts', 'emptied while its repository lies elsewhere loses nothing'],
    ['folder/disk-conditions.test.ts', 'leaves an empty mount point, deletes nothing anywhere, and is taken up again when it is back'],
  ],
  'root-emptied': [['folder/brakes-in-engine.test.ts', 'every file deleted at once']],
  'mass-change': [
    ['engine.test.ts', 'holds when most files vanish at once, until the person agrees'],
    ['folder/brakes-in-engine.test.ts', 'most files deleted at once'],
    ['folder/brakes-in-engine.test.ts', 'most files changed at once, as by a bad script'],
  ],
  'disk-full': [
    ['folder/disk-conditions.test.ts', 'in the work tree: what comes in waits whole, nothing is half written, and it goes on when there is room'],
    ['folder/disk-conditions.test.ts', 'in .git: what was saved is committed when there is room'],
    ['folder/disk-conditions.test.ts', 'in .git: what comes in waits, and leaves nothing half fetched behind'],
    ['folder/disk-conditions.test.ts', 'in the home: folders go on, settings stay as they are, and it is told until there is room'],
    ['home-health.test.ts', 'tells %s of the home as %s once, with its place, until a file can be written again'],
  ],
  'read-only': [
    ['folder/limits.test.ts', 'read-only: a directory that may not be written keeps what comes in waiting, and nothing else'],
    ['folder/disk-conditions.test.ts', 'is the work tree: what comes in waits, what is here is watched'],
    ['folder/disk-conditions.test.ts', 'is .git: what was saved waits'],
    ['folder/disk-conditions.test.ts', 'is the home: folders go on, and it is told'],
  ],
  'system-limit': [
    ['problems/programs.test.ts', 'cannot be started for want of files, processes or memory (%s)'],
    ['folder/limits.test.ts', '%i file descriptors: it works, or says what it is short of and goes on by itself'],
  ],
  'unreadable-path': [
    ['folder/limits.test.ts', 'unreadable-path: a file and a directory are left out, nothing in them is taken for deleted, and both are taken in when they can be read'],
  ],
  'file-too-large': [
    ['folder/hold-backs.test.ts', 'a file above the limit goes out when the limit is raised'],
    ['folder/hold-backs.test.ts', 'a tracked file that grows above the limit stays as it was until it shrinks'],
  ],
  'secret-found': [
    ['engine.test.ts', 'holds back single files, each with its reason, while the rest goes on'],
    ['folder/secrets-in-engine.test.ts', 'is held back alone, and taken in when the key is gone from it'],
    ['folder/secrets-in-engine.test.ts', 'keeps the push back, says why, and lets commits and pulls go on'],
  ],
  'nested-repository': [
    ['folder/hold-backs.test.ts', 'an empty nested repository is left out until it is none'],
    ['folder/hold-backs.test.ts', 'a nested repository with commits is left out, and no link to it is made, until it is none'],
    ['folder/hold-backs.test.ts', 'a nested Mercurial repository is left out until it is none'],
    ['folder/hold-backs.test.ts', 'a folder that other systems take for a repository is left out until it is called otherwise'],
    ['folder/hold-backs.test.ts', 'nested-repository: of a submodule, %s is told of and left there, and the note goes when it does'],
  ],
  'unsupported-file': [
    ['folder/hold-backs.test.ts', 'a fifo is left out, without being opened, until it goes'],
    ['folder/hold-backs.test.ts', 'a socket in a new folder is left out until it is a file'],
    ['folder/hold-backs.test.ts', 'a fifo in the place of a tracked file deletes nothing'],
    ['folder/hold-backs.test.ts', 'a file that other systems take for a repository is left out until it is called otherwise'],
    ['folder/hold-backs.test.ts', 'a file that comes where a pipe is waits, and nothing that is made here does'],
  ],
  'watch-limit': [
    ['folder/limits.test.ts', 'more directories than watches are told of, the rest is polled, and every change is taken in all the same'],
    ['watch/watch-limit.test.ts', 'says how many directories are polled'],
  ],
};
