import type { Command } from 'commander';
import { FORGES, type Account } from '../../shared/mirror.ts';
import { mirrorProblemSentence } from '../../shared/text/mirror-text.ts';
import { dayAndClock } from '../../shared/text/times.ts';
import type { Text } from '../../shared/text/text.ts';
import { usage, type CliContext } from './cli-context.ts';
import type { CommandBuilder } from './command-builder.ts';
import { table } from './output.ts';
import { secretFromStdin } from './secret-from-stdin.ts';

export function accountCommands({ command, text }: CommandBuilder, program: Command): void {
  const account = command(program, 'account', 'mirrorLines.command.account');
  command(account, 'add <name>', 'mirrorLines.command.account-add', async (context, operands, options) => {
    if (!options.flag('tokenStdin')) throw usage(text.t('mirrorLines.usage.token-stdin'));
    const forge = FORGES.find((kind) => kind === options.text('forge'));
    if (!forge) throw usage(text.t('commandLine.usage.bad-value', { name: '--forge', value: options.text('forge') ?? '', detail: text.t('commandLine.usage.one-of', { names: FORGES.join(', ') }) }));
    const token = await secretFromStdin(context);
    tell(context, await context.call('account.add', { name: operands.one(0), forge, api: options.text('api'), user: options.text('user'), token }));
  })
    .requiredOption('--forge <forge>', text.t('mirrorLines.option.forge'))
    .option('--api <url>', text.t('mirrorLines.option.api'))
    .option('--user <user>', text.t('mirrorLines.option.user'))
    .option('--token-stdin', text.t('mirrorLines.option.token-stdin'));
  command(account, 'list', 'mirrorLines.command.account-list', async (context) => {
    const accounts = await context.call('account.list', {});
    context.out.answer(accounts.map((one) => accountDocument(text, one, context.nowMs)), () =>
      accounts.length === 0 ? text.t('mirrorLines.answer.no-accounts') : table(accounts.map((one) => [one.name, one.forge, one.api, standing(text, one, context.nowMs)])),
    );
  });
  command(account, 'check <name>', 'mirrorLines.command.account-check', async (context, operands) => {
    const checked = await context.call('account.check', { name: operands.one(0) });
    tell(context, checked);
    return checked.problem ? 1 : 0;
  });
  command(account, 'remove <name>', 'mirrorLines.command.account-remove', async (context, operands) => {
    const done = await context.call('account.remove', { name: operands.one(0) });
    context.out.answer(done, () => text.t('mirrorLines.answer.account-removed'));
  });
}

const tell = (context: CliContext, account: Account): void =>
  context.out.answer(accountDocument(context.text, account, context.nowMs), () => {
    const { text } = context;
    const login = account.check?.login ?? null;
    const works = login === null ? text.t('mirrorLines.answer.works-unnamed', { name: account.name }) : text.t('mirrorLines.answer.works', { name: account.name, login });
    return `${account.problem ? account.name : works}\n${standing(text, account, context.nowMs)}`;
  });

/** "can list: yes · can install hooks: no · can create: yes · expires 3 Mar" */
function standing(text: Text, { check, problem }: Account, nowMs: number): string {
  if (problem) return mirrorProblemSentence(text, problem, { nowMs });
  if (!check) return '';
  const word = (can: boolean | null): string => text.t(can === null ? 'mirrorLines.answer.unknown' : can ? 'mirrorLines.answer.yes' : 'mirrorLines.answer.no');
  const can = text.t('mirrorLines.answer.can', { list: word(check.canList), hook: word(check.canHook), create: word(check.canCreate) });
  return check.expiresAt === null ? can : `${can} · ${text.t('mirrorLines.answer.expires', { when: dayAndClock(text, check.expiresAt, nowMs) })}`;
}

/** An account as JSON; there is nothing of the token in it. */
const accountDocument = (text: Text, { problem, ...account }: Account, nowMs: number) => ({ ...account, problem: problem && { code: problem.code, message: mirrorProblemSentence(text, problem, { nowMs }) } });
