import type { FolderSettings } from '../../../shared/settings.ts';
import type { Vcs } from '../vcs/vcs.ts';
import type { FolderContext } from './folder-context.ts';

type Executing = Awaited<ReturnType<Vcs['executingConfig']>>;

/** Whether what the repository would run is what the person agreed to; where that was nothing, only nothing is. */
export const isAgreed = ({ options, trustedConfig }: Pick<FolderSettings, 'options' | 'trustedConfig'>, executing: Executing): boolean =>
  executing === null || (options.trust && executing.digest === trustedConfig);

/** Trust as the settings have it. */
export function applyTrust(vcs: Vcs, { options, trustedConfig }: FolderSettings): void {
  vcs.trust(options.trust ? { digest: trustedConfig } : null);
}

/** Says what the repository would run and nobody agreed to; it stays off. Configuration and hooks may change with any pull, or by hand. */
export async function noteUntrusted(vcs: Vcs, { settings, facts, report }: Pick<FolderContext, 'settings' | 'facts' | 'report'>): Promise<void> {
  const executing = await vcs.executingConfig();
  const others = facts().notes.filter(({ code }) => code !== 'untrusted-config');
  const note = { code: 'untrusted-config' as const, params: { keys: executing?.keys.slice(0, 5).join(', ') ?? '' }, since: settings().addedAt };
  report({ notes: executing && !isAgreed(settings(), executing) ? [...others, note] : others });
}
