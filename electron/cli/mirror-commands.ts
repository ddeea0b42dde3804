import type { Command } from 'commander';
import type { CommandArguments } from '../../shared/commands.ts';
import { mirrorDocument, planDocument } from '../../shared/mirror-document.ts';
import type { Mirror } from '../../shared/mirror.ts';
import { usage, type CliContext } from './cli-context.ts';
import type { CommandBuilder, Operands, Options } from './command-builder.ts';
import { parseMirrorAssignments, mirrorOptions } from './mirror-assignments.ts';
import { backupLines, mirrorLines, planLines } from './mirror-lines.ts';
import { refuseOutcome } from './mirror-outcome.ts';

export function mirrorCommands({ command, text }: CommandBuilder, program: Command): void {
  const mirror = command(program, 'mirror', 'mirrorLines.command.mirror');
  command(mirror, 'add', 'mirrorLines.command.mirror-add', add)
    .option('--account <name>', text.t('mirrorLines.option.account'))
    .option('--owner <owner>', text.t('mirrorLines.option.owner'))
    .option('--match <re>', text.t('mirrorLines.option.match'))
    .option('--sync-new', text.t('mirrorLines.option.sync-new'))
    .option('--forks', text.t('mirrorLines.option.forks'))
    .option('--archived', text.t('mirrorLines.option.archived'))
    .option('--url <url>', text.t('mirrorLines.option.url'))
    .option('--hg <url>', text.t('mirrorLines.option.hg'))
    .option('--to <dir>', text.t('mirrorLines.option.to'))
    .option('--push-to <url>', text.t('mirrorLines.option.push-to'))
    .option('--push-account <name>', text.t('mirrorLines.option.push-account'))
    .option('--push-owner <owner>', text.t('mirrorLines.option.push-owner'))
    .option('--how <how>', text.t('mirrorLines.option.how'))
    .option('--every <s>', text.t('mirrorLines.option.every'))
    .option('--lfs', text.t('mirrorLines.option.lfs'))
    .option('--name <name>', text.t('mirrorLines.option.name'));
  command(mirror, 'list [id]', 'mirrorLines.command.mirror-list', async (context, operands) => {
    const id = operands.maybe(0);
    const mirrors = await context.call('mirror.list', id === undefined ? {} : { id });
    const documents = mirrors.map((one) => mirrorDocument(text, one, context.nowMs));
    context.out.answer(documents, () => (mirrors.length === 0 ? text.t('mirrorLines.answer.no-mirrors') : mirrors.map((one) => mirrorLines(context, one)).join('\n\n')));
  });
  command(mirror, 'preview <id>', 'mirrorLines.command.mirror-preview', async (context, operands) => {
    const plan = await context.call('mirror.preview', { id: operands.one(0) });
    context.out.answer(planDocument(text, operands.one(0), plan, context.nowMs), () => planLines(context, operands.one(0), plan));
  });
  command(mirror, 'run [id]', 'mirrorLines.command.mirror-run', (context, operands, options) => work(context, 'mirror.run', operands, options))
    .option('--all', text.t('mirrorLines.option.all'))
    .option('--repo <name>', text.t('mirrorLines.option.repo'));
  command(mirror, 'check [id]', 'mirrorLines.command.mirror-check', (context, operands, options) => work(context, 'mirror.check', operands, options))
    .option('--all', text.t('mirrorLines.option.all'))
    .option('--repo <name>', text.t('mirrorLines.option.repo'));
  command(mirror, 'approve <id> <repo>', 'mirrorLines.command.mirror-approve', async (context, operands, options) => {
    const approved = await context.call('mirror.approve', { id: operands.one(0), repo: operands.one(1), rename: options.text('rename') });
    const code = refuseOutcome(context, [approved], operands.one(1) === '*' ? undefined : operands.one(1));
    tell(context, [approved], true);
    return code;
  }).option('--rename <branch>', text.t('mirrorLines.option.rename'));
  command(mirror, 'backups <id> <repo>', 'mirrorLines.command.mirror-backups', async (context, operands) => {
    const backups = await context.call('mirror.backups', { id: operands.one(0), repo: operands.one(1) });
    context.out.answer(backups, () => backupLines(context, backups));
  });
  command(mirror, 'restore <id> <repo> <ref>', 'mirrorLines.command.mirror-restore', async (context, operands, options) => {
    const restored = await context.call('mirror.restore', { id: operands.one(0), repo: operands.one(1), ref: operands.one(2), as: options.text('as') ?? '' });
    context.out.answer(restored, () => text.t('mirrorLines.answer.restored', { branch: restored.branch, commit: restored.commit.slice(0, 7) }));
  }).requiredOption('--as <branch>', text.t('mirrorLines.option.as'));
  command(mirror, 'set <id> <assignments...>', 'mirrorLines.command.mirror-set', async (context, operands) => {
    const changed = await context.call('mirror.set', { id: operands.one(0), ...parseMirrorAssignments(text, operands.list(1)) });
    context.out.answer(mirrorDocument(text, changed, context.nowMs), () => text.t('mirrorLines.answer.set'));
  });
  command(mirror, 'remove <id>', 'mirrorLines.command.mirror-remove', async (context, operands) => {
    const done = await context.call('mirror.remove', { id: operands.one(0) });
    context.out.answer(done, () => [text.t('mirrorLines.answer.removed'), ...(done.kept === null ? [] : [text.t('mirrorLines.answer.removed-kept', { path: done.kept })])].join('\n'));
  });
}

async function add(context: CliContext, _operands: Operands, options: Options): Promise<void> {
  const added = await context.call('mirror.add', {
    name: options.text('name'),
    source: sourceOf(context, options),
    target: targetOf(context, options),
    options: mirrorOptions(context.text, { how: options.text('how'), every: options.text('every'), lfs: options.flag('lfs') }),
  });
  for (const address of [added.source, added.target]) if (address.startsWith('http://')) context.out.note(context.text.t('commandLine.answer.not-encrypted', { remote: address }));
  context.out.answer(mirrorDocument(context.text, added, context.nowMs), () => added.id);
}

type Input = CommandArguments<'mirror.add'>;

function sourceOf(context: CliContext, options: Options): Input['source'] {
  const { text } = context;
  const [account, owner, url, hg] = ['account', 'owner', 'url', 'hg'].map((name) => options.text(name));
  const given = [account ?? owner, url, hg].filter((one) => one !== undefined);
  if (given.length !== 1) throw usage(text.t('mirrorLines.usage.source'));
  if (url !== undefined) return { url: local(context, url) };
  if (hg !== undefined) return { hg: local(context, hg) };
  if (account === undefined || owner === undefined) throw usage(text.t('mirrorLines.usage.source'));
  return { account, owner, match: options.text('match'), syncNew: options.flag('syncNew') ?? false, forks: options.flag('forks') ?? false, archived: options.flag('archived') ?? false };
}

function targetOf(context: CliContext, options: Options): Input['target'] {
  const { text } = context;
  const [to, pushTo, account, owner] = ['to', 'pushTo', 'pushAccount', 'pushOwner'].map((name) => options.text(name));
  const given = [to, pushTo, account ?? owner].filter((one) => one !== undefined);
  if (given.length !== 1) throw usage(text.t('mirrorLines.usage.target'));
  if (to !== undefined) return { directory: context.path(to) };
  if (pushTo !== undefined) return { url: local(context, pushTo) };
  if (account === undefined || owner === undefined) throw usage(text.t('mirrorLines.usage.target'));
  return { account, owner };
}

/** A local path is meant from here, not from where the running program was started. */
const local = (context: CliContext, given: string): string => (/^\.{1,2}(\/|$)/.test(given) ? context.path(given) : given);

async function work(context: CliContext, command: 'mirror.run' | 'mirror.check', operands: Operands, options: Options): Promise<number> {
  const id = operands.maybe(0);
  const all = options.flag('all') ?? false;
  if ((id === undefined) !== all) throw usage(context.text.t('mirrorLines.usage.give-one'));
  const mirrors = await context.call(command, { ...(id === undefined ? {} : { id }), repo: options.text('repo') });
  const code = refuseOutcome(context, mirrors, options.text('repo'), command === 'mirror.check');
  tell(context, mirrors, id !== undefined);
  return code;
}

/** One mirror as itself, several as a list. */
function tell(context: CliContext, mirrors: readonly Mirror[], isOne: boolean): void {
  const documents = mirrors.map((mirror) => mirrorDocument(context.text, mirror, context.nowMs));
  context.out.answer(isOne ? documents[0] : documents, () => mirrors.map((mirror) => mirrorLines(context, mirror)).join('\n\n'));
}
