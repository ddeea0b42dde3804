import type { Command } from 'commander';
import type { Activity } from '../../shared/activity.ts';
import { activitySentence } from '../../shared/text/activity-text.ts';
import { clockTime, dayAndClock } from '../../shared/text/times.ts';
import type { CliContext } from './cli-context.ts';
import { count, type CommandBuilder, type Operands, type Options } from './command-builder.ts';
import { table } from './output.ts';

const SHOWN_BEFORE_FOLLOWING = 10;

export function activityCommands({ command, text }: CommandBuilder, program: Command): void {
  command(program, 'activity [id]', 'commandLine.command.activity', (context, operands, options) => (options.flag('follow') ? follow(context, operands, options) : list(context, operands, options)))
    .option('-n <count>', text.t('commandLine.option.count'), count(text))
    .option('-f, --follow', text.t('commandLine.option.follow'));
}

const chosen = (context: CliContext, operands: Operands): { id?: string } => {
  const id = operands.maybe(0);
  return id === undefined ? {} : { id: context.folder(id) };
};

async function list(context: CliContext, operands: Operands, options: Options): Promise<void> {
  const entries = await context.call('activity', { ...chosen(context, operands), limit: options.number('n') });
  const names = context.out.json ? new Map<string, string>() : await folderNames(context);
  context.out.answer(entries, () => (entries.length === 0 ? context.text.t('commandLine.answer.no-activity') : table(entries.toReversed().map((entry) => row(context, entry, names)))));
}

/** The last entries, then each as it comes; with `--json` one document a line. */
async function follow(context: CliContext, operands: Operands, options: Options): Promise<void> {
  const only = chosen(context, operands);
  const names = await folderNames(context);
  const print = (entry: Activity) => context.out.answer(entry, () => row(context, entry, names).join('  '));
  const before = await context.call('activity', { ...only, limit: options.number('n') ?? SHOWN_BEFORE_FOLLOWING });
  for (const entry of before.toReversed()) print(entry);
  await context.follow('activity.follow', only, print);
}

const folderNames = async (context: CliContext): Promise<ReadonlyMap<string, string>> =>
  new Map((await context.call('folder.list', {})).map(({ id, name }) => [id, name]));

function row({ text, nowMs }: CliContext, entry: Activity, names: ReadonlyMap<string, string>): string[] {
  const folder = entry.folder === null ? '' : (names.get(entry.folder) ?? String(entry.params['name'] ?? entry.folder));
  const { sentence, why } = activitySentence(text, entry, folder);
  const day = dayAndClock(text, entry.at, nowMs);
  return [day.includes(':') ? day : `${day} ${clockTime(text, entry.at)}`, `${sentence} ${why}`];
}
