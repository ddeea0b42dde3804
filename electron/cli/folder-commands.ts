import { Option, type Command } from 'commander';
import type { CommandArguments } from '../../shared/commands.ts';
import { FOLDER_OPTION_KEYS, folderOptionsSchema, optionName, type FolderOptionKey } from '../../shared/folder-options.ts';
import { folderDocument } from '../../shared/status-document.ts';
import { folderSentence, folderWord } from '../../shared/text/folder-text.ts';
import type { Text } from '../../shared/text/text.ts';
import { usage, type CliContext } from './cli-context.ts';
import { collect, seconds, type CommandBuilder, type Operands, type Options } from './command-builder.ts';
import { optionValue, parseAssignments, SWITCHES } from './folder-assignments.ts';
import { table } from './output.ts';

export function folderCommands({ command, text }: CommandBuilder, program: Command): void {
  const folder = command(program, 'folder', 'commandLine.command.folder');
  const adding = command(folder, 'add <path> [patterns...]', 'commandLine.command.folder-add', add)
    .option('--clone <url>', text.t('commandLine.option.clone'))
    .option('--name <name>', text.t('commandLine.option.name'))
    .option('--remote <name>', text.t('commandLine.option.remote'))
    .option('--branch <branch>', text.t('commandLine.option.branch'))
    .option('--paused', text.t('commandLine.option.paused'));
  for (const key of FOLDER_OPTION_KEYS) adding.addOption(folderOption(text, key));
  command(folder, 'list', 'commandLine.command.folder-list', list);
  command(folder, 'set <id> <assignments...>', 'commandLine.command.folder-set', set);
  command(folder, 'locate <id> <path>', 'commandLine.command.folder-locate', async (context, operands) => {
    const found = await context.call('folder.locate', { id: context.folder(operands.one(0)), path: context.path(operands.one(1)) });
    context.out.answer(folderDocument(text, found, context.nowMs), () => text.t('commandLine.answer.located', { path: found.path }));
  });
  command(folder, 'address <id> <url>', 'commandLine.command.folder-address', async (context, operands) => {
    const changed = await context.call('folder.address', { id: context.folder(operands.one(0)), url: cloneAddress(context, operands.one(1)) ?? '' });
    context.out.answer(folderDocument(text, changed, context.nowMs), () => text.t('commandLine.answer.addressed', { remote: changed.remote ?? '' }));
  });
  command(folder, 'remove <id>', 'commandLine.command.folder-remove', async (context, operands) => {
    const done = await context.call('folder.remove', { id: context.folder(operands.one(0)) });
    context.out.answer(done, () => text.t('commandLine.answer.removed'));
  });
  command(folder, 'pause [id]', 'commandLine.command.folder-pause', async (context, operands, options) => {
    const done = await context.call('folder.pause', { ...oneOrAll(context, operands, options), forS: options.number('for') });
    context.out.answer(done, () => text.t('commandLine.answer.paused'));
  })
    .option('--all', text.t('commandLine.option.all'))
    .option('--for <s>', text.t('commandLine.option.for'), seconds(text));
  command(folder, 'resume [id]', 'commandLine.command.folder-resume', async (context, operands, options) => {
    const done = await context.call('folder.resume', oneOrAll(context, operands, options));
    context.out.answer(done, () => text.t('commandLine.answer.resumed'));
  }).option('--all', text.t('commandLine.option.all'));
  command(folder, 'approve <id> [path]', 'commandLine.command.folder-approve', async (context, operands, options) => {
    const done = await context.call('folder.approve', { id: context.folder(operands.one(0)), path: operands.maybe(1), always: options.flag('always') });
    context.out.answer(done, () => text.t('commandLine.answer.approved'));
  }).option('--always', text.t('commandLine.option.always'));
  command(folder, 'take-out <id> [path]', 'commandLine.command.folder-take-out', async (context, operands) => {
    const done = await context.call('folder.take-out', { id: context.folder(operands.one(0)), path: operands.maybe(1) });
    context.out.answer(done, () => text.t('commandLine.answer.taken-out', { paths: done.paths.join(', '), count: done.commits }));
  });
  command(folder, 'bring-back <id>', 'commandLine.command.folder-bring-back', async (context, operands) => {
    const done = await context.call('folder.bring-back', { id: context.folder(operands.one(0)) });
    context.out.answer(done, () => text.t('commandLine.answer.files-back', { count: done.files }));
  });
}

const CHOICES: Partial<Record<FolderOptionKey, readonly string[]>> = { message: ['auto', 'popup'], conflicts: ['keep-both', 'ask'] };

function folderOption(text: Text, key: FolderOptionKey): Option {
  const about = text.t(`commandLine.options.${key}`);
  const name = optionName(key);
  if (SWITCHES.includes(key)) return new Option(`--no-${name}`, about);
  if (key === 'trust') return new Option(`--${name}`, about);
  if (key === 'ignore') return new Option(`--${name} <pattern>`, about).argParser(collect);
  const standard = folderOptionsSchema.shape[key].safeParse(undefined);
  const shown = standard.success && standard.data !== undefined ? ` (${String(standard.data)})` : '';
  const choices = CHOICES[key];
  if (choices) return new Option(`--${name} <${choices.join('|')}>`, about + shown);
  return new Option(`--${name} <${key === 'maxFileSize' ? 'bytes' : 's'}>`, about + shown);
}

async function add(context: CliContext, operands: Operands, options: Options): Promise<void> {
  const { path, patterns } = pathAndPatterns(context.text, operands, options);
  const given: Record<string, unknown> = {};
  for (const key of FOLDER_OPTION_KEYS) {
    if (key === 'ignore') continue;
    const value = options.text(key) ?? options.flag(key);
    // A switch that was not given is at its default: so it is not set, and follows the default.
    if (value !== undefined && !(SWITCHES.includes(key) && value === true)) given[key] = optionValue(context.text, key, value);
  }
  const input: CommandArguments<'folder.add'> = {
    path: context.path(path),
    clone: cloneAddress(context, options.text('clone')),
    name: options.text('name'),
    remote: options.text('remote'),
    branch: options.text('branch'),
    paused: options.flag('paused') ?? false,
    options: { ...given, ...(patterns.length > 0 ? { ignore: [...patterns] } : {}) },
  };
  const added = await context.call('folder.add', input);
  if (added.remote?.startsWith('http://')) context.out.note(context.text.t('commandLine.answer.not-encrypted', { remote: added.remote }));
  context.out.answer(folderDocument(context.text, added, context.nowMs), () => added.id);
}

/** `--ignore a b c` gives one pattern to the option and leaves the others as operands, behind the path or before it. */
function pathAndPatterns(text: Text, operands: Operands, options: Options): { path: string; patterns: readonly string[] } {
  const first = operands.one(0);
  // It would resolve to where the command was given.
  if (first === '') throw usage(text.t('commandLine.usage.bad-value', { name: 'PATH', value: first, detail: text.t('commandLine.usage.empty') }));
  const others = operands.list(1);
  const patterns = options.list('ignore') ?? [];
  if (others.length > 0 && patterns.length === 0) throw usage(text.t('commandLine.usage.one-path', { path: first, others: others.join(', ') }));
  return { path: first, patterns: [...patterns, ...others] };
}

/** A local path is meant from here, not from where the running program was started. */
const cloneAddress = (context: CliContext, given: string | undefined): string | undefined => (given && /^\.{1,2}(\/|$)/.test(given) ? context.path(given) : given);

async function list(context: CliContext): Promise<void> {
  const folders = await context.call('folder.list', {});
  const { text, nowMs } = context;
  const documents = folders.map((folder) => folderDocument(text, folder, nowMs));
  context.out.answer(documents, () => {
    if (folders.length === 0) return text.t('commandLine.answer.no-folders');
    return table(folders.map((folder) => [folder.id, folderWord(text, folder), folder.path, folderSentence(text, folder, { nowMs, machineName: '' })]));
  });
}

async function set(context: CliContext, operands: Operands): Promise<void> {
  const id = context.folder(operands.one(0));
  const { paused, ...changes } = parseAssignments(context.text, operands.list(1));
  let folder = await context.call('folder.set', { id, ...changes });
  if (paused !== undefined) {
    await context.call(paused ? 'folder.pause' : 'folder.resume', { id: folder.id });
    const present = (await context.call('folder.list', {})).find((other) => other.id === folder.id);
    folder = present ?? folder;
  }
  context.out.answer(folderDocument(context.text, folder, context.nowMs), () => context.text.t('commandLine.answer.set'));
}

function oneOrAll(context: CliContext, operands: Operands, options: Options): { id?: string } {
  const id = operands.maybe(0);
  const all = options.flag('all') ?? false;
  if ((id === undefined) !== all) throw usage(context.text.t('commandLine.usage.give-one'));
  return id === undefined ? {} : { id: context.folder(id) };
}
