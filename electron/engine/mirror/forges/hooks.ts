import { LockstepError } from '../../errors.ts';
import type { ForgeHook } from './forge.ts';

/** What one forge does with the hooks of one place. */
export interface HookCalls {
  list(): AsyncIterable<readonly ForgeHook[]>;
  make(): Promise<unknown>;
  /** Address, secret and events as they are wanted now. */
  renew(id: string): Promise<unknown>;
  remove(id: string): Promise<unknown>;
}

export async function listHooks(calls: Pick<HookCalls, 'list'>): Promise<ForgeHook[]> {
  return allowed(async () => {
    const found: ForgeHook[] = [];
    for await (const page of calls.list()) found.push(...page);
    return found;
  });
}

/** A run after a run, with another secret too, leaves one hook: what is there with our address is renewed, and what is twice goes. */
export async function ensureHook(calls: HookCalls, url: string): Promise<'made' | 'renewed'> {
  const [ours, ...doubles] = (await listHooks(calls)).filter((hook) => hook.url === url);
  return allowed(async () => {
    for (const { id } of doubles) await calls.remove(id);
    if (ours) await calls.renew(ours.id);
    else await calls.make();
    return ours ? 'renewed' : 'made';
  });
}

export async function removeHook(calls: HookCalls, url: string): Promise<number> {
  const ours = (await listHooks(calls)).filter((hook) => hook.url === url);
  return allowed(async () => {
    for (const { id } of ours) await calls.remove(id);
    return ours.length;
  });
}

/** Who may not see hooks is told by GitHub that there are none such. */
async function allowed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LockstepError) || error.code !== 'remote-gone') throw error;
    const { detail = '' } = error.params;
    throw new LockstepError('not-allowed', { ...error.params, detail: detail || 'hooks are not shown to this account' }, { cause: error });
  }
}
