import type { Command } from 'commander';
import type { CommitEntry } from '../../shared/commands.ts';
import { pathList } from '../../shared/text/activity-text.ts';
import { relativeTime } from '../../shared/text/times.ts';
import type { CliContext } from './cli-context.ts';
import { count, type CommandBuilder } from './command-builder.ts';
import { table } from './output.ts';

export function historyCommands({ command, text }: CommandBuilder, program: Command): void {
  command(program, 'history <id>', 'commandLine.command.history', async (context, operands, options) => {
    const entries = await context.call('history', { id: context.folder(operands.one(0)), path: insidePath(options.text('path')), limit: options.number('n') });
    context.out.answer(entries, () => (entries.length === 0 ? text.t('commandLine.answer.no-history') : table(entries.map((entry) => row(context, entry)))));
  })
    .option('--path <path>', text.t('commandLine.option.path'))
    .option('-n <count>', text.t('commandLine.option.count'), count(text));
  command(program, 'show <id> <commit> <path>', 'commandLine.command.show', async (context, operands) => {
    const { bytes } = await context.call('show', { id: context.folder(operands.one(0)), commit: operands.one(1), path: insidePath(operands.one(2)) });
    const content = Buffer.from(bytes, 'base64');
    if (context.out.json) context.out.answer({ bytes }, () => '');
    else context.out.bytes(content);
  });
  command(program, 'restore <id> <commit> <path>', 'commandLine.command.restore', async (context, operands, options) => {
    const done = await context.call('restore', { id: context.folder(operands.one(0)), commit: operands.one(1), path: insidePath(operands.one(2)), to: insidePath(options.text('to')) });
    context.out.answer(done, () => text.t('commandLine.answer.restored', { path: done.path }));
  }).option('--to <path>', text.t('commandLine.option.to'));
}

/** A path inside a folder, as completion in a shell writes it. */
function insidePath(path: string): string;
function insidePath(path: string | undefined): string | undefined;
function insidePath(path: string | undefined): string | undefined {
  return path?.replace(/^(\.\/+)+(?=.)/, '');
}

const row = ({ text, nowMs }: CliContext, entry: CommitEntry): string[] => [
  entry.id.slice(0, 10),
  relativeTime(text, entry.at, nowMs),
  entry.machine ?? entry.author,
  entry.message.split('\n')[0] ?? '',
  pathList(text, entry.files.map(({ path }) => path)),
];
