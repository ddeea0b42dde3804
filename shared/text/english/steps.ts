import type { ProblemCode } from '../../problem.ts';

/** `full` is used when every value it names is known, else `plain`, which names none; before it that of `how`, as with the problems. */
interface StepWords {
  readonly how?: Readonly<Record<string, string>>;
  readonly full?: string;
  readonly plain: string;
}

const AGAIN: StepWords = { full: 'Nothing to do: it goes on by itself. “lockstep sync {{folder}}” tries at once.', plain: 'Nothing to do: it goes on by itself.' };
const FINISH: StepWords = { full: 'Finish what you began in {{place}}; “git status” there says how. Lockstep goes on by itself.', plain: 'Finish what you began; Lockstep goes on by itself.' };

/**
 * The next step of each problem, as a person at a terminal takes it. Values: folder (its id), place (its path, quoted for a shell),
 * path (inside the folder) and file (the same from the top of the disk), likewise quoted, remote, branch, present, bytes.
 */
export const steps: Record<ProblemCode, StepWords> = {
  offline: AGAIN,
  timeout: AGAIN,
  'rate-limited': { plain: 'Nothing to do: it goes on when the server allows it.' },
  'auth-failed': { full: 'Sign in once with “git fetch” in {{place}}, then “lockstep sync {{folder}}”.', plain: 'Sign in once with “git fetch”, then sync.' },
  'tls-failed': { full: 'See to the server’s certificate, then “lockstep sync {{folder}}”.', plain: 'See to the server’s certificate, then sync.' },
  'host-key-changed': {
    how: { unknown: 'Ask who runs the server for its key, and accept it once with “git fetch” in {{place}}, then “lockstep sync {{folder}}”.' },
    full: 'Ask who runs the server. When the new key is right, accept it once with “git fetch” in {{place}}, then “lockstep sync {{folder}}”.',
    plain: 'Ask who runs the server; when the new key is right, accept it once in a terminal.',
  },
  'remote-gone': { full: 'Set the address with “git remote set-url {{remote}} URL” in {{place}}, then “lockstep folder approve {{folder}}”; or wait until the server is back.', plain: 'Set another address, or wait until the server is back.' },
  'remote-rejected': { full: 'Ask who runs the server, or keep another branch in step: “lockstep folder set {{folder}} branch=NAME”.', plain: 'Ask who runs the server.' },
  'remote-rewritten': {
    how: {
      emptied: '“lockstep folder approve {{folder}}” pushes what is here again. If the server was to be emptied, set another one or remove the folder.',
      'branch-gone': '“lockstep folder approve {{folder}}” pushes the branch again. If it was to go, keep another one in step.',
    },
    full: '“lockstep folder approve {{folder}}” joins what the server has now with what is here.',
    plain: 'Let it through, to join what the server has now with what is here.',
  },
  'remote-changed': { full: 'If you changed it: “lockstep folder approve {{folder}}”. If not, set it back with “git remote set-url” in {{place}}.', plain: 'If you changed it, let it through.' },
  'remote-damaged': { plain: 'Ask who runs the server to mend its repository; your copy is whole.' },
  'no-remote': { full: 'Give it one with “git remote add origin URL” in {{place}}, then “lockstep folder set {{folder}} remote=origin”.', plain: 'Give the repository a remote.' },
  'no-branch': { full: '“git switch {{branch}}” in {{place}}, or keep the other one in step: “lockstep folder set {{folder}} branch={{present}}”.', plain: 'Check the branch out, or keep another one in step.' },
  'rebase-in-progress': FINISH,
  'merge-in-progress': FINISH,
  'cherry-pick-in-progress': FINISH,
  'revert-in-progress': FINISH,
  'bisect-in-progress': FINISH,
  'detached-head': { full: '“git switch BRANCH” in {{place}}; Lockstep goes on by itself.', plain: 'Check a branch out; Lockstep goes on by itself.' },
  'changes-staged': { full: 'Commit, or “git restore --staged .” in {{place}}; Lockstep goes on by itself.', plain: 'Commit what is staged, or unstage it; Lockstep goes on by itself.' },
  locked: {
    how: {
      remote: 'Nothing to do: it goes on by itself. If no other machine pushes any more, ask who runs the server to remove the file.',
      'left-behind': '“lockstep folder approve {{folder}}” removes it.',
    },
    full: 'Wait for the other program. When none is at work any more, remove {{file}}.',
    plain: 'Wait for the other program; Lockstep goes on by itself.',
  },
  'damaged-repository': { full: '“git fsck” in {{place}} says what is damaged. A new clone beside it, with your files copied over, mends most of it.', plain: '“git fsck” says what is damaged.' },
  'root-missing': { full: 'Bring it back to {{place}} (mount the disk, move it back), and Lockstep goes on by itself. Moved for good: “lockstep folder locate {{folder}} NEW-PLACE”.', plain: 'Bring the folder back to where it was; Lockstep goes on by itself.' },
  'root-emptied': { full: '“lockstep folder bring-back {{folder}}” restores the files; “lockstep folder approve {{folder}}” deletes them everywhere.', plain: 'Bring the files back, or let it through.' },
  'mass-change': { full: '“lockstep folder approve {{folder}}” lets it through; “lockstep folder bring-back {{folder}}” restores the files as they were.', plain: 'Let it through, or bring the files back.' },
  'untrusted-config': { full: 'When you know who wrote them: “lockstep folder set {{folder}} trust=yes”. Lockstep works without.', plain: 'Trust the repository when you know who wrote them.' },
  'disk-full': { plain: 'Make room on the disk; Lockstep goes on by itself.' },
  'read-only': { plain: 'Make it writable; Lockstep goes on by itself.' },
  'system-limit': { plain: 'Close other programs, or raise what “ulimit -n” and “ulimit -u” say; Lockstep goes on by itself.' },
  'unreadable-path': { full: 'Make it readable (“chmod u+r {{file}}”); Lockstep takes it in by itself.', plain: 'Make it readable; Lockstep takes it in by itself.' },
  'file-too-large': { full: '“lockstep folder set {{folder}} max-file-size={{bytes}}” takes it in.', plain: 'Raise the limit, or ignore the file.' },
  'secret-found': {
    how: { 'in-commit': '“lockstep folder take-out {{folder}} {{path}}” takes it out of your commit {{commit}} and later ones; “lockstep folder approve {{folder}} {{path}}” pushes it anyway.' },
    full: 'Take it out of {{file}}; or commit it anyway with “lockstep folder approve {{folder}} {{path}}” (with --always, that file is never asked about again).',
    plain: 'Take it out of the file, or let it through.',
  },
  'nested-repository': {
    how: { submodule: '“git status” in {{file}} says what. Commit and push it there, or take what is linked with “git submodule update {{path}}” in {{place}}.' },
    full: '“lockstep folder add {{file}}” keeps it in step as a folder of its own.',
    plain: 'Add it as a folder of its own.',
  },
  'unsupported-file': {
    how: { name: 'Call {{file}} something else; Lockstep takes it in by itself.', incoming: 'Move what is at {{file}} away, or give it another name on the machine it came from; Lockstep goes on by itself.' },
    plain: 'Nothing to do: it stays where it is, on this machine. An ignore pattern hides it from this list.',
  },
  'watch-limit': { plain: 'Raise the limit with “sysctl fs.inotify.max_user_watches=524288”, as root; nothing is missed meanwhile.' },
  'hook-failed': { full: 'See to what the check in {{place}} said, then “lockstep sync {{folder}}”.', plain: 'See to what the check said, then sync.' },
  'tool-missing': { how: { 'too-old': 'Install a newer one; Lockstep goes on by itself.' }, plain: 'Install it; Lockstep goes on by itself.' },
  'settings-damaged': { plain: 'Compare the file that was kept with the settings in use, and remove it when nothing is missing.' },
};
