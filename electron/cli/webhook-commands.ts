import type { Command } from 'commander';
import type { WebhookStatus } from '../../shared/mirror.ts';
import { usage, type CliContext } from './cli-context.ts';
import type { CommandBuilder } from './command-builder.ts';
import { secretFromStdin } from './secret-from-stdin.ts';

export function webhookCommands({ command, text }: CommandBuilder, program: Command): void {
  const webhook = command(program, 'webhook', 'mirrorLines.command.webhook', async (context, _operands, options) => {
    const listen = options.text('listen');
    if (listen === undefined) throw usage(text.t('mirrorLines.usage.listen-needed'));
    const secret = options.flag('secretStdin') ? await secretFromStdin(context) : undefined;
    const { secret: made, ...status } = await context.call('webhook.listen', { listen, publicUrl: options.text('publicUrl'), secret, newSecret: options.flag('newSecret') ?? false });
    context.out.answer({ ...status, secret: made }, () => [...lines(context, status), ...(made === null ? [] : [text.t('mirrorLines.answer.webhook-secret', { secret: made })])].join('\n'));
  })
    .option('--listen <host:port>', text.t('mirrorLines.option.listen'))
    .option('--public-url <url>', text.t('mirrorLines.option.public-url'))
    .option('--secret-stdin', text.t('mirrorLines.option.secret-stdin'))
    .option('--new-secret', text.t('mirrorLines.option.new-secret'));
  command(webhook, 'off', 'mirrorLines.command.webhook-off', async (context) => tell(context, await context.call('webhook.off', {})));
  command(webhook, 'status', 'mirrorLines.command.webhook-status', async (context) => tell(context, await context.call('webhook.status', {})));
}

const tell = (context: CliContext, status: WebhookStatus): void => context.out.answer(status, () => lines(context, status).join('\n'));

const lines = ({ text }: CliContext, { state, url, publicUrl }: WebhookStatus): string[] =>
  state === 'off' || url === null ? [text.t('mirrorLines.answer.webhook-off')] : [text.t('mirrorLines.answer.webhook-on', { url }), ...(publicUrl === null ? [] : [text.t('mirrorLines.answer.webhook-public', { url: publicUrl })])];
