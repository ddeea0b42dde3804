import { text as readAll } from 'node:stream/consumers';
import { usage, type CliContext } from './cli-context.ts';

/** All of standard input, less the line end that a shell's `echo` puts there. Throws `usage` when there is nothing. */
export async function secretFromStdin({ invocation, text }: CliContext): Promise<string> {
  const secret = (await readAll(invocation.stdin)).replace(/\r?\n$/, '');
  if (secret === '') throw usage(text.t('commandLine.usage.no-password'));
  return secret;
}
