import { posix } from 'node:path';
import type { CommandInput, CommandOutput } from '../../../shared/commands.ts';
import { failureSentence } from '../../../shared/text/problem-text.ts';
import type { Text } from '../../../shared/text/text.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { LockstepError } from '../errors.ts';
import type { ImportedFolder, ImportPlan } from './import-plan.ts';

/** What an import needs of the engine: the same commands that a person would give. */
export type ImportHandlers = Pick<EngineHandlers, 'folder.add' | 'signal.xmpp' | 'signal.fanout'>;

/** Adds what the plan names, one by one; what cannot be added is told and holds up nothing else. */
export async function carryOut(plan: ImportPlan, handlers: ImportHandlers, { text, homeDirectory }: { text: Text; homeDirectory: string }, signal: AbortSignal): Promise<CommandOutput<'import'>> {
  const folders: string[] = [];
  const signals: ('xmpp' | 'fanout')[] = [];
  const skipped = plan.skipped.map(({ what, why }) => text.t(`imports.${why}`, { what }));
  const attempt = async (what: string, done: () => Promise<void>) => {
    try {
      await done();
    } catch (error) {
      if (!(error instanceof LockstepError) || signal.aborted) throw error;
      skipped.push(text.t('imports.because', { what, sentence: failureSentence(text, error.code, error.params) }));
    }
  };
  for (const folder of plan.folders) await attempt(folder.path, async () => void folders.push((await handlers['folder.add'](addition(folder, homeDirectory), signal)).id));
  const { xmpp, fanout } = plan;
  const link = (which: 'xmpp' | 'fanout', set: () => Promise<unknown>) => attempt(which, async () => void (await set(), signals.push(which)));
  if (xmpp) await link('xmpp', () => handlers['signal.xmpp'](xmpp, signal));
  if (fanout) await link('fanout', () => handlers['signal.fanout']({ url: fanout }, signal));
  return { folders, signals, skipped };
}

function addition(folder: ImportedFolder, homeDirectory: string): CommandInput<'folder.add'> {
  const path = folder.path.startsWith('~/') || folder.path === '~' ? posix.join(homeDirectory, folder.path.slice(1)) : folder.path;
  const pushDelay = folder.pushDelayS === undefined ? {} : { pushDelay: folder.pushDelayS };
  return { path, name: folder.name, paused: false, options: { ...pushDelay, ...(folder.ignore.length > 0 ? { ignore: [...folder.ignore] } : {}) } };
}
