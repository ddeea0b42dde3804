import type { Command } from 'commander';
import { isWholeFolder, type Rescued } from '../../shared/commands.ts';
import { rescuedWords } from '../../shared/text/activity-text.ts';
import { bytes, relativeTime } from '../../shared/text/times.ts';
import { usage, type CliContext } from './cli-context.ts';
import type { CommandBuilder, Operands, Options } from './command-builder.ts';
import { table } from './output.ts';

export function rescueCommand({ command, text }: CommandBuilder, program: Command): void {
  command(program, 'rescue <id> [action] [name] [path]', 'commandLine.command.rescue', (context, operands, options) => {
    const action = operands.maybe(1);
    if (action === undefined) return list(context, operands);
    if (action !== 'restore') throw usage(text.t('commandLine.usage.restore-only', { text: action }));
    return restore(context, operands, options);
  }).option('--to <dir>', text.t('commandLine.option.to'));
}

async function list(context: CliContext, operands: Operands): Promise<void> {
  const { text, nowMs } = context;
  const kept = await context.call('rescue', { id: context.folder(operands.one(0)) });
  context.out.answer(kept, () => {
    if (kept.length === 0) return text.t('commandLine.answer.no-rescued');
    const rows = kept.map((entry) => [entry.name, relativeTime(text, entry.at, nowMs), ...whatWasKept(context, entry), rescuedWords(text, entry.why)]);
    return `${table(rows)}\n\n${text.t('commandLine.answer.rescue-hint', { folder: operands.one(0) })}`;
  });
}

/** Its size and its path. */
function whatWasKept({ text }: CliContext, entry: Rescued): [string, string] {
  return isWholeFolder(entry) ? ['', text.t('commandLine.answer.whole-folder')] : [bytes(text, entry.bytes), entry.path];
}

async function restore(context: CliContext, operands: Operands, options: Options): Promise<void> {
  const name = operands.maybe(2);
  if (name === undefined) throw usage(context.text.t('commandLine.usage.no-name', { folder: operands.one(0) }));
  const to = options.text('to');
  const done = await context.call('rescue.restore', { id: context.folder(operands.one(0)), name, path: operands.maybe(3), to: to === undefined ? undefined : context.path(to) });
  context.out.answer(done, () => context.text.t('commandLine.answer.restored', { path: done.path }));
}
