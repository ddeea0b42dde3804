import type { Command } from 'commander';
import type { FolderState } from '../../shared/app-state.ts';
import { folderDocument } from '../../shared/status-document.ts';
import { folderSentence } from '../../shared/text/folder-text.ts';
import { CommandFailed, type CliContext } from './cli-context.ts';
import { seconds, type CommandBuilder, type Operands, type Options } from './command-builder.ts';
import { table } from './output.ts';
import { status } from './status-command.ts';
import { syncOutcome } from './sync-outcome.ts';

/** Daemon and demo are loaded when they are asked for: no other command waits for their parts. */
export function programCommands({ command, text }: CommandBuilder, program: Command): void {
  command(program, 'daemon', 'commandLine.command.daemon', async (context) => (await import('./daemon.ts')).daemon(context));
  command(program, 'status', 'commandLine.command.status', status);
  command(program, 'sync [id]', 'commandLine.command.sync', sync).option('--timeout <s>', text.t('commandLine.option.timeout'), seconds(text));
  command(program, 'stop', 'commandLine.command.stop', async (context) => context.out.answer(await context.call('stop', {}), () => text.t('commandLine.answer.stopping')));
  command(program, 'doctor', 'commandLine.command.doctor', doctor).option('--bundle <file>', text.t('commandLine.option.bundle'));
  command(program, 'import <file>', 'commandLine.command.import', importFile);
  command(program, 'demo', 'commandLine.command.demo', async (context, _operands, options) => (await import('./demo.ts')).demo(context, { directory: options.text('dir'), once: options.flag('once') ?? false }))
    .option('--dir <dir>', text.t('commandLine.option.dir'))
    .option('--once', text.t('commandLine.option.once'));
}

async function sync(context: CliContext, operands: Operands, options: Options): Promise<number> {
  const { text, nowMs } = context;
  const id = operands.maybe(0);
  const { folders } = await context.call('sync', { ...(id === undefined ? {} : { id: context.folder(id) }), timeoutS: options.number('timeout') });
  const outcomes = folders.map((folder) => ({ folder, outcome: syncOutcome(folder) }));
  const documents = folders.map((folder) => folderDocument(text, folder, nowMs));
  const [worst] = outcomes.flatMap(({ folder, outcome }) => (outcome.inStep ? [] : [{ folder, outcome }])).sort((a, b) => b.outcome.exitCode - a.outcome.exitCode);
  if (!worst) {
    context.out.answer(id === undefined ? { folders: documents } : documents[0], () => folders.map(({ name }) => text.t('commandLine.answer.in-step', { folder: name })).join('\n'));
    return 0;
  }
  const lines = outcomes.filter(({ outcome }) => !outcome.inStep).map(({ folder }) => line(context, folder));
  const failure = { code: worst.outcome.code, message: lines.join('\n'), params: {} };
  const problem = documents.find((document) => document.id === worst.folder.id)?.problem ?? null;
  throw new CommandFailed(failure, { exitCode: worst.outcome.exitCode, more: { folder: worst.folder.id, problem, folders: documents } });
}

const line = ({ text, nowMs }: CliContext, folder: FolderState): string =>
  text.t('commandLine.answer.not-in-step', { folder: folder.name, sentence: folderSentence(text, folder, { nowMs, machineName: '' }) });

async function doctor(context: CliContext, _operands: Operands, options: Options): Promise<void> {
  const { text } = context;
  const bundle = options.text('bundle');
  const checks = await context.call('doctor', bundle === undefined ? {} : { bundle: context.path(bundle) });
  context.out.answer(checks, () => {
    const rows = checks.map(({ check, ok, detail, fix }) => [text.t(ok ? 'commandLine.answer.check-ok' : 'commandLine.answer.check-bad'), check, ok || fix === null ? detail : `${detail.replace(/\.$/, '')}. ${fix}`]);
    return table(rows) + (bundle === undefined ? '' : `\n${text.t('commandLine.answer.bundle', { file: context.path(bundle) })}`);
  });
}

async function importFile(context: CliContext, operands: Operands): Promise<void> {
  const { text } = context;
  const done = await context.call('import', { file: context.path(operands.one(0)) });
  context.out.answer(done, () => {
    const lines = [
      ...done.folders.map((folder) => text.t('commandLine.answer.imported-folder', { folder })),
      ...done.signals.map((signal) => text.t('commandLine.answer.imported-signal', { signal })),
      ...done.skipped.map((what) => text.t('commandLine.answer.import-skipped', { what })),
    ];
    return lines.join('\n') || text.t('commandLine.answer.import-nothing');
  });
}
