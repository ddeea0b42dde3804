import type { Command } from 'commander';
import type { SignalStatus } from '../../shared/app-state.ts';
import type { Text } from '../../shared/text/text.ts';
import { usage, type CliContext } from './cli-context.ts';
import type { CommandBuilder } from './command-builder.ts';
import { table } from './output.ts';
import { secretFromStdin } from './secret-from-stdin.ts';

export function signalCommands({ command, text }: CommandBuilder, program: Command): void {
  const signal = command(program, 'signal', 'commandLine.command.signal');
  command(signal, 'xmpp', 'commandLine.command.signal-xmpp', async (context, _operands, options) => {
    if (!options.flag('passwordStdin')) throw usage(text.t('commandLine.usage.needs-stdin'));
    const password = await secretFromStdin(context);
    const ca = options.text('ca');
    tell(context, await context.call('signal.xmpp', { jid: options.text('jid') ?? '', password, service: options.text('service'), ca: ca === undefined ? undefined : context.path(ca) }));
  })
    .requiredOption('--jid <jid>', text.t('commandLine.option.jid'))
    .option('--password-stdin', text.t('commandLine.option.password-stdin'))
    .option('--service <url>', text.t('commandLine.option.service'))
    .option('--ca <file>', text.t('commandLine.option.ca'));
  command(signal, 'fanout', 'commandLine.command.signal-fanout', async (context, _operands, options) => {
    tell(context, await context.call('signal.fanout', { url: options.text('url'), serve: options.text('serve') }));
  })
    .option('--url <tcp://h:p>', text.t('commandLine.option.url'))
    .option('--serve <h:p>', text.t('commandLine.option.serve'));
  command(signal, 'pair', 'commandLine.command.signal-pair', async (context) => {
    const { code } = await context.call('signal.pair', {});
    context.out.answer({ code }, () => `${code}\n${text.t('commandLine.answer.pair-how', { code })}`);
  });
  command(signal, 'join <code...>', 'commandLine.command.signal-join', async (context, operands) => {
    const done = await context.call('signal.join', { code: operands.list(0).join(' ') });
    context.out.answer(done, () => text.t('commandLine.answer.joined'));
  });
  command(signal, 'status', 'commandLine.command.signal-status', async (context) => tell(context, await context.call('signal.status', {})));
  command(signal, 'off <which>', 'commandLine.command.signal-off', async (context, operands) => {
    const which = operands.one(0);
    if (which !== 'xmpp' && which !== 'fanout') throw usage(text.t('commandLine.usage.bad-value', { name: 'WHICH', value: which, detail: text.t('commandLine.usage.one-of', { names: 'xmpp, fanout' }) }));
    tell(context, await context.call('signal.off', { which }));
  });
}

const tell = (context: CliContext, status: SignalStatus): void => context.out.answer(status, () => signalLines(context.text, status));

/** The links in two aligned lines. */
export const signalLines = (text: Text, { xmpp, fanout }: SignalStatus): string =>
  table([
    ['XMPP', text.t(`commandLine.signal.${xmpp.state}`), xmpp.jid ?? ''],
    ['Fanout', text.t(`commandLine.signal.${fanout.state}`), [fanout.url, fanout.serving].filter(Boolean).join(', ')],
  ]);
