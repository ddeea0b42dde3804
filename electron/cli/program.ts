import { Command, CommanderError } from 'commander';
import { exitCode as codeOf } from '../../shared/failure.ts';
import { createText, type Text } from '../../shared/text/text.ts';
import { failureOf } from '../control/dispatch.ts';
import { resolveHome } from '../engine/home.ts';
import { nodeHost } from '../engine/ports/node-host.ts';
import { accountCommands } from './account-commands.ts';
import { activityCommands } from './activity-commands.ts';
import { CliContext, CommandFailed, usage } from './cli-context.ts';
import { Operands, Options, type CommandBuilder } from './command-builder.ts';
import { conflictCommands } from './conflict-commands.ts';
import { folderCommands } from './folder-commands.ts';
import { historyCommands } from './history-commands.ts';
import type { Invocation } from './invocation.ts';
import { mirrorCommands } from './mirror-commands.ts';
import { Output } from './output.ts';
import { programCommands } from './program-commands.ts';
import { rescueCommand } from './rescue-command.ts';
import { signalCommands } from './signal-commands.ts';
import { webhookCommands } from './webhook-commands.ts';
import { VERSION } from './version.ts';

/** Runs one command and gives the exit code of INTERFACE.md. Never throws, never asks. */
export async function runCommandLine(invocation: Invocation): Promise<number> {
  const text = createText(invocation.env['LANG']?.slice(0, 2));
  const run = { code: 0 };
  const program = buildProgram(invocation, text, run);
  try {
    await program.parseAsync([...invocation.arguments], { from: 'user' });
    return run.code;
  } catch (error) {
    return explain(error, invocation, text);
  }
}

function buildProgram(invocation: Invocation, text: Text, run: { code: number }): Command {
  const program = new Command('lockstep')
    .description(text.t('commandLine.about'))
    .option('--home <dir>', text.t('commandLine.global.home'))
    .option('--json', text.t('commandLine.global.json'))
    .version(VERSION, '-V, --version', text.t('commandLine.global.version'))
    .helpOption('-h, --help', text.t('commandLine.global.help'))
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (words) => invocation.stdout.write(words), writeErr: (words) => (isJson(invocation) ? undefined : invocation.stderr.write(words)), outputError: () => undefined })
    .addHelpText('after', `\n${text.t('commandLine.global.more')}`)
    .exitOverride();
  const builder: CommandBuilder = {
    text,
    command: (parent, spec, about, act) => {
      const command = parent.command(spec).description(text.t(about));
      if (!act) return command;
      return command.action(async () => {
        const options = command.optsWithGlobals<Record<string, unknown>>();
        const home = resolveHome(nodeHost(invocation.env), typeof options['home'] === 'string' ? options['home'] : undefined);
        const context = new CliContext({ invocation, text, home, out: new Output(invocation, options['json'] === true) });
        run.code = (await act(context, new Operands(command.processedArgs), new Options(options))) ?? 0;
      });
    },
  };
  for (const register of [programCommands, folderCommands, historyCommands, conflictCommands, rescueCommand, activityCommands, signalCommands, accountCommands, mirrorCommands, webhookCommands]) register(builder, program);
  return program;
}

/** What commander could not make sense of must still answer as JSON when that was asked for. */
const isJson = ({ arguments: given }: Invocation): boolean => given.slice(0, given.includes('--') ? given.indexOf('--') : undefined).includes('--json');

function explain(error: unknown, invocation: Invocation, text: Text): number {
  const out = new Output(invocation, isJson(invocation));
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const shown = error instanceof CommanderError ? usage(usageSentence(text, error)) : error;
  const failed = shown instanceof CommandFailed ? shown : new CommandFailed(failureOf(shown, { text, log: { debug: noted, info: noted, warn: noted, error: noted } }));
  // A bare `lockstep` or `lockstep folder` has shown its help already.
  if (out.json || !(error instanceof CommanderError && error.code === 'commander.help')) out.failure(failed.failure, failed.more);
  return failed.exitCode ?? codeOf(failed.failure.code);
}

const noted = (): void => undefined;

function usageSentence(text: Text, { code, message }: CommanderError): string {
  if (code === 'commander.help') return text.t('commandLine.usage.name-one');
  const words = message.replace(/^error: /, '').trim();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.)?]$/.test(words) ? '' : '.'}`;
}
