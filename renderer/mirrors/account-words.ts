import type { Account, ForgeKind } from '../../shared/mirror.ts';
import { mirrorProblemSentence } from '../../shared/text/mirror-text.ts';
import type { Text } from '../../shared/text/text.ts';
import { dayAndClock } from '../../shared/text/times.ts';

const SOON_MS = 14 * 86_400_000;

/** Where each forge's own cloud is; null: it has none, and the server has to be named. */
export const PUBLIC_SERVER: Record<ForgeKind, string | null> = { github: 'github.com', gitlab: 'gitlab.com', bitbucket: 'bitbucket.org', 'bitbucket-server': null, gitea: null };

/** "Works, as me, can list, cannot install webhooks, expires 3 Dec." · or what is wrong with it. */
export function accountSentence(text: Text, { check, problem }: Pick<Account, 'check' | 'problem'>, nowMs: number): string {
  if (problem) return mirrorProblemSentence(text, problem, { nowMs });
  if (!check) return text.t('window.accounts.unchecked');
  const rights = ([['list', check.canList], ['hook', check.canHook], ['create', check.canCreate]] as const).flatMap(([right, may]) =>
    may === null ? [] : [text.t(may ? 'window.accounts.can' : 'window.accounts.cannot', { list: text.t(`window.accounts.right.${right}`) })],
  );
  const expiry = check.expiresAt === null ? [] : [text.t(Date.parse(check.expiresAt) <= nowMs ? 'window.accounts.expired' : 'window.accounts.expires', { when: dayAndClock(text, check.expiresAt, nowMs) })];
  const works = check.login === null ? text.t('window.accounts.works') : text.t('window.accounts.login', { login: check.login });
  return `${[works, ...rights, ...expiry].join(', ')}.`;
}

/** `wait` when it will not work much longer, `stop` when it does not now. */
export function accountTone({ check, problem }: Pick<Account, 'check' | 'problem'>, nowMs: number): 'quiet' | 'wait' | 'stop' {
  if (problem) return 'stop';
  if (check === null || check.expiresAt === null) return 'quiet';
  const leftMs = Date.parse(check.expiresAt) - nowMs;
  if (leftMs <= 0) return 'stop';
  return leftMs < SOON_MS ? 'wait' : 'quiet';
}

export const serverOf = (api: string): string => (URL.canParse(api) ? new URL(api).host.replace(/^api\.(?=github\.com$|bitbucket\.org$)/, '') : api);
