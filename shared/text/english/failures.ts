import type { FailureCode } from '../../failure.ts';
import type { MirrorCode } from '../../mirror-problem.ts';
import type { ProblemCode } from '../../problem.ts';

export interface FailureWords {
  readonly full?: string;
  readonly named?: string;
  readonly plain: string;
}

/** Words for the `reason` of `not-a-repository` and `address-refused`. */
export const reasons = {
  'no-repository': 'there is no repository in it; “git init” makes one',
  mercurial: 'its repository is of Mercurial, and folders are kept in step with Git',
  bare: 'it is a repository without a work tree',
  'a-file': 'it is a file; a folder is watched as a whole',
  'path-not-absolute': 'it must begin with “/” or “~”',
  'path-too-long': 'it is longer than this system takes',
  'path-with-zero': 'it holds a character that no path can have',
  'inside-work-tree': 'it lies inside a work tree; add the top of that',
  'other-owner': 'it, or its repository, belongs to another user',
  'broken-link': 'its .git points to what is not there',
  'of-another-folder': 'its .git is the repository of another folder',
  'holds-links': 'its .git holds links, which would be written through to other places',
  'repository-directory': 'it is the inside of a repository',
  empty: 'it is empty',
  'too-long': 'it is longer than an address is',
  'control-character': 'it holds a character that no address has',
  option: 'it looks like an option',
  'relative-path': 'a local path must be absolute',
  scheme: 'only https, http, ssh, git and local paths are',
  host: 'its host name is not one',
  port: 'its port is not one',
  user: 'its user name is not one',
  path: 'it names no repository',
  query: 'a question or hash mark is none of an address; what follows could be seen by everybody',
  'inside-itself': 'it leads back into the folder',
  'holds-secret': 'a password in it would be kept in the repository’s settings; leave it out, and sign in with Git once',
  needed: 'a forge of this kind has no public server; say where yours is with --api',
  'token-in-clear': 'http would carry the token in clear; use https',
  'secret-in-clear': 'http would carry the password in it in clear; use https, or leave the password out',
};

/** Why a command was not done. Problem codes have their words in `problems` and `mirrorProblems`. */
export const failures: Record<Exclude<FailureCode, ProblemCode | MirrorCode>, FailureWords> = {
  usage: { full: '{{detail}}', plain: 'That is not how this command is written; see --help.' },
  'already-running': { full: 'Lockstep already runs on this home as process {{pid}}.', plain: 'Lockstep already runs on this home.' },
  'not-running': { full: 'Lockstep does not run on {{home}}; start it with “lockstep daemon”.', plain: 'Lockstep does not run here; start it with “lockstep daemon”.' },
  'no-such-folder': { full: 'No watched folder is called {{folder}}.', plain: 'There is no such watched folder.' },
  'no-such-conflict': { full: 'There is no open conflict {{conflict}}.', plain: 'There is no such open conflict.' },
  'no-such-commit': { full: 'There is no change {{commit}} in this folder.', plain: 'There is no such change in this folder.' },
  'no-such-path': { full: 'There is no {{path}}.', plain: 'There is no such path.' },
  'no-such-rescue': { full: 'Nothing called {{name}} was set aside.', plain: 'Nothing was set aside under that name.' },
  'no-such-account': { full: 'There is no account called {{account}}.', plain: 'There is no such account.' },
  'no-such-mirror': { full: 'No mirror, or none of its repositories, is called {{mirror}}.', plain: 'There is no such mirror.' },
  'no-such-backup': { full: 'There is no backup {{name}}.', plain: 'There is no such backup.' },
  'account-in-use': { full: '{{account}} is still used by the mirror {{mirror}}; remove that first.', plain: 'That account is still used by a mirror; remove that first.' },
  'bad-pattern': { full: '“{{pattern}}” cannot be used to choose names: {{detail}}.', plain: 'That pattern cannot be used to choose names.' },
  'not-a-repository': { full: '{{path}} cannot be watched: {{reason}}.', named: '{{path}} is not the top of a Git or Mercurial work tree.', plain: 'That is not the top of a Git or Mercurial work tree.' },
  'already-added': { full: '{{path}} is watched already, as {{folder}}.', plain: 'That folder is watched already.' },
  'nested-in-folder': { full: '{{path}} lies inside {{folder}}, or around it, which is watched already.', plain: 'That folder lies inside a watched one, or around it.' },
  'already-pushed': {
    full: 'The change {{commit}} with {{path}} is on a server already: taking it out here would not take it out there. Change the key itself.',
    plain: 'That is on a server already: taking it out here would not take it out there. Change the key itself.',
  },
  'path-taken': { full: '{{path}} is there already; nothing was changed.', plain: 'Something is there already; nothing was changed.' },
  'path-refused': { full: '{{path}} cannot be used: {{reason}}.', plain: 'That path cannot be used.' },
  'address-refused': {
    full: 'The address {{url}} is not used: {{reason}}.',
    named: 'The address {{address}} cannot be used.',
    plain: 'That address is not one that Lockstep uses: https, ssh, git or a local path.',
  },
  'other-history': { full: '{{path}} has another history than {{folder}}, so it is not that folder; nothing was changed.', plain: 'That folder has another history; nothing was changed.' },
  'port-taken': { full: 'Another program listens on port {{port}} already.', plain: 'Another program listens on that port already.' },
  'bad-code': { plain: 'That is not a code that another machine showed, or it was mistyped.' },
  'bad-file': { full: '{{path}} could not be understood: {{detail}}.', named: '{{path}} could not be read or understood.', plain: 'That file could not be understood.' },
  'needs-decision': { full: '{{detail}}', plain: 'This waits for your decision.' },
  cancelled: { plain: 'It was called off.' },
  'not-in-step': { full: '{{detail}}', plain: 'Not everything is in step yet.' },
  'kept-in-keyring': { plain: 'This secret is in the desktop’s keyring, which does not open it here. Use Lockstep on that desktop, or give it anew.' },
  'not-available': { full: '{{detail}}', named: '{{folder}} cannot be worked with right now; see its problem in “lockstep status”.', plain: 'That is not available here.' },
  internal: { full: 'Something unexpected happened: {{detail}}. Nothing was lost; the log has the details.', plain: 'Something unexpected happened. Nothing was lost; the log has the details.' },
};
