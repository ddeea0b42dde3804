import type { Ports } from '../ports.ts';
import type { CommandRunner } from '../vcs/run-command.ts';
import { LsRefs } from './ls-refs.ts';
import { PersonalGit } from './personal-git.ts';

/** What all mirrors of a program share. */
export class MirrorTools {
  readonly ports: Ports;
  readonly runner: CommandRunner;
  readonly git: PersonalGit;
  readonly lsRefs: LsRefs;
  /** For what a preview has to fetch to tell what was rewritten; emptied again at once. Below the home. */
  readonly scratch: string;

  constructor({ ports, runner, scratch }: { readonly ports: Ports; readonly runner: CommandRunner; readonly scratch: string }) {
    this.ports = ports;
    this.runner = runner;
    this.scratch = scratch;
    this.git = new PersonalGit({ ports, runner });
    this.lsRefs = new LsRefs(ports);
  }
}
