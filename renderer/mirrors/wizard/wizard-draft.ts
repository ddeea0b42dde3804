import type { Account } from '../../../shared/mirror.ts';
import type { WindowArguments } from '../../../shared/window-commands.ts';
import { isWholeNumber } from '../mirror-draft.ts';

export const STEPS = ['from', 'which', 'target', 'how', 'plan'] as const;
export type Step = (typeof STEPS)[number];

/** All answers so far; going back loses none. */
export interface WizardDraft {
  readonly from: 'owner' | 'url';
  readonly account: string | null;
  readonly url: string;
  readonly owner: string;
  readonly match: string;
  readonly forks: boolean;
  readonly archived: boolean;
  readonly syncNew: boolean;
  readonly to: 'directory' | 'url' | 'account';
  readonly directory: string;
  readonly targetUrl: string;
  readonly targetAccount: string | null;
  readonly targetOwner: string;
  readonly how: 'poll' | 'hook' | 'none';
  readonly every: string;
  readonly name: string;
  readonly lfs: boolean;
}

export const emptyDraft = (accounts: readonly Account[]): WizardDraft => ({
  from: 'owner',
  account: accounts[0]?.name ?? null,
  url: '',
  owner: '',
  match: '',
  forks: false,
  archived: false,
  syncNew: true,
  to: 'directory',
  directory: '',
  targetUrl: '',
  targetAccount: null,
  targetOwner: '',
  how: 'poll',
  every: '300',
  name: '',
  lfs: false,
});

/** One address needs no choice among an owner's repositories. */
export const stepsOf = ({ from }: Pick<WizardDraft, 'from'>): Step[] => STEPS.filter((step) => step !== 'which' || from === 'owner');

/** Whether a step is answered, so that the next one can be asked. */
export function isAnswered(step: Step, draft: WizardDraft): boolean {
  switch (step) {
    case 'from':
      return draft.from === 'owner' ? draft.account !== null : draft.url.trim() !== '';
    case 'which':
      return draft.owner.trim() !== '';
    case 'target':
      if (draft.to === 'directory') return draft.directory.trim() !== '';
      return draft.to === 'url' ? draft.targetUrl.trim() !== '' : draft.targetAccount !== null && draft.targetOwner.trim() !== '';
    case 'how':
      return draft.how === 'none' || isWholeNumber(draft.every);
    case 'plan':
      return true;
  }
}

/** What it is called when nothing is typed. */
export const proposedName = ({ from, owner, url }: WizardDraft): string => (from === 'owner' ? owner.trim() : (/([^/:]+?)(?:\.git)?\/*$/.exec(url.trim())?.[1] ?? ''));

/** The mirror as it is added: paused, so that nothing is written before its plan was seen. */
export function addArguments(draft: WizardDraft): WindowArguments<'mirror.add'> {
  const { account, owner, match, forks, archived, syncNew, url, directory, targetUrl, targetAccount, targetOwner, how, every, lfs } = draft;
  const name = draft.name.trim() || proposedName(draft);
  const target = { directory: { directory: directory.trim() }, url: { url: targetUrl.trim() }, account: { account: targetAccount ?? '', owner: targetOwner.trim() } }[draft.to];
  return {
    ...(name === '' ? {} : { name }),
    source: draft.from === 'url' ? { url: url.trim() } : { account: account ?? '', owner: owner.trim(), forks, archived, syncNew, ...(match.trim() === '' ? {} : { match: match.trim() }) },
    target,
    options: { how, every: Number(every), lfs, paused: true },
  };
}
