import type { Command } from 'commander';
import { relativeTime } from '../../shared/text/times.ts';
import { usage } from './cli-context.ts';
import type { CommandBuilder } from './command-builder.ts';
import { table } from './output.ts';

const SIDES = ['mine', 'theirs', 'both'] as const;

export function conflictCommands({ command, text }: CommandBuilder, program: Command): void {
  command(program, 'conflicts [id]', 'commandLine.command.conflicts', async (context, operands) => {
    const id = operands.maybe(0);
    const conflicts = await context.call('conflicts', id === undefined ? {} : { id: context.folder(id) });
    context.out.answer(conflicts, () => {
      if (conflicts.length === 0) return text.t('commandLine.answer.no-conflicts');
      const detail = (of: (typeof conflicts)[number]) =>
        text.t('commandLine.answer.conflict', { mine: of.mine.machine, theirs: of.theirs.machine, ago: relativeTime(text, of.at, context.nowMs), copy: of.copy });
      return table(conflicts.map((conflict) => [conflict.id, conflict.folder, conflict.path, detail(conflict)]));
    });
  });
  command(program, 'resolve <conflict>', 'commandLine.command.resolve', async (context, operands, options) => {
    const given = options.text('keep') ?? '';
    if (given.trim() === '') throw usage(text.t('commandLine.usage.bad-value', { name: '--keep', value: given, detail: text.t('commandLine.usage.empty') }));
    const side = SIDES.find((name) => name === given);
    const done = await context.call('resolve', { conflict: operands.one(0), keep: side ?? { file: context.path(given) } });
    context.out.answer(done, () => text.t('commandLine.answer.resolved'));
  }).requiredOption('--keep <mine|theirs|both|file>', text.t('commandLine.option.keep'));
}
