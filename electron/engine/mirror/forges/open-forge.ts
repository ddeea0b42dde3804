import type { AccountSettings } from '../../../../shared/mirror.ts';
import type { Ports } from '../../ports.ts';
import type { ForgeAccount } from './account.ts';
import { BitbucketCloud } from './bitbucket-cloud.ts';
import { BitbucketServer } from './bitbucket-server.ts';
import type { Forge } from './forge.ts';
import { Gitea } from './gitea.ts';
import { Github } from './github.ts';
import { Gitlab } from './gitlab.ts';

/** The client of an account; keep it as long as the account, it remembers what did not change. Throws `address-refused`. */
export function openForge(settings: AccountSettings, token: string, ports: Pick<Ports, 'http' | 'clock' | 'log' | 'redactor'>): Forge {
  ports.redactor.learn(`token of ${settings.name}`, token);
  const account: ForgeAccount = { settings, token, ports };
  switch (settings.forge) {
    case 'github':
      return new Github(account);
    case 'gitea':
      return new Gitea(account);
    case 'gitlab':
      return new Gitlab(account);
    case 'bitbucket':
      return new BitbucketCloud(account);
    case 'bitbucket-server':
      return new BitbucketServer(account);
  }
}
