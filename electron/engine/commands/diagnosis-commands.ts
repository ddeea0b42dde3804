import { versions } from 'node:process';
import { createText } from '../../../shared/text/text.ts';
import { writeBundle } from '../doctor/bundle.ts';
import { examine } from '../doctor/doctor.ts';
import type { DoctorContext } from '../doctor/doctor-context.ts';
import type { EngineCore } from '../engine-core.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { LockstepError } from '../errors.ts';
import { carryOut } from '../import/carry-out.ts';
import { planImport, refuseTooLarge } from '../import/import-plan.ts';
import { CommandRunner } from '../vcs/run-command.ts';
import { folderCommands } from './folder-commands.ts';
import { wantedPath } from './folder-place.ts';
import { signalCommands } from './signal-commands.ts';

const VERSION_LIMIT_MS = 5_000;

/** The answers hold sentences; they are in the language of the program that gives them. */
export function diagnosisCommands(core: EngineCore): Pick<EngineHandlers, 'doctor' | 'import'> {
  const { ports } = core.options;
  const text = createText();
  return {
    doctor: async ({ bundle }, signal) => {
      const context = doctorContext(core);
      const file = bundle === undefined ? null : wantedPath(core, bundle);
      const checks = await examine(context, signal);
      if (file !== null) await writeBundle(context, checks, file);
      return checks;
    },
    import: async ({ file: given }, signal) => {
      const file = wantedPath(core, given);
      const stat = await ports.files.stat(file);
      if (stat === null) throw new LockstepError('no-such-path', { path: file });
      refuseTooLarge(stat.bytes);
      const bytes = await ports.files.read(file).catch((cause: unknown) => unreadable(file, cause));
      try {
        return await carryOut(planImport(bytes), { ...folderCommands(core), ...signalCommands(core) }, { text, homeDirectory: ports.host.homeDirectory }, signal);
      } catch (error) {
        throw error instanceof LockstepError && error.code === 'bad-file' ? new LockstepError('bad-file', { path: file, ...error.params }, { cause: error }) : error;
      }
    },
  };
}

function unreadable(path: string, cause: unknown): never {
  throw new LockstepError('bad-file', { path }, { cause });
}

function doctorContext(core: EngineCore): DoctorContext {
  const { ports, home, mode } = core.options;
  return {
    ports,
    home,
    settings: core.settings(),
    state: core.store.get(),
    running: mode === 'running',
    text: createText(),
    nowMs: ports.clock.now(),
    nodeVersion: versions.node,
    toolVersion: (tool, signal) => toolVersion(core, tool, signal),
    reading: (folder, work) => core.reading(folder, work),
    activity: (limit) => core.activity.read(limit, null),
  };
}

async function toolVersion({ options: { ports } }: EngineCore, tool: 'git' | 'hg', signal: AbortSignal): Promise<string | null> {
  const env = { PATH: ports.host.env['PATH'] ?? '/usr/bin:/bin', HOME: ports.host.homeDirectory, LC_ALL: 'C', HGPLAIN: '1', HGRCPATH: '' };
  const end = await new CommandRunner(ports).run({ command: tool, args: ['--version'], cwd: '/', env, limitMs: VERSION_LIMIT_MS, signal });
  return end.ended === 'exit' && end.code === 0 ? end.stdout.toString('utf8').split('\n')[0] ?? '' : null;
}
