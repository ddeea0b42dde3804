// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { createText } from '../../shared/text/text.ts';
import { sampleAccount, sampleMirrorProblem } from '../../shared/testing/sample-mirror.ts';
import { states } from '../testing/fixtures.ts';
import { live, type LiveView } from '../testing/live.tsx';
import { ahead, DAY_S, NOW_MS } from '../testing/times.ts';
import { accountSentence, accountTone } from './account-words.ts';
import { AccountSheet } from './AccountSheet.tsx';
import { AccountsPanel } from './AccountsPanel.tsx';
import { isListen, isPublicUrl, listenOf } from './webhook-draft.ts';
import { WebhookPanel } from './WebhookPanel.tsx';

let view: LiveView;
afterEach(() => view?.end());

const text = createText('en', { timeZone: 'Europe/Berlin' });
const expiring = (days: number) => {
  const { check } = sampleAccount();
  return sampleAccount({ check: check && { ...check, expiresAt: ahead(days * DAY_S) } });
};

describe('an account', () => {
  it('says what it may do, and until when', () => {
    expect(accountSentence(text, expiring(12), NOW_MS)).toBe('Works, as me, can list, cannot install webhooks, can make repositories, expires 3 Dec.');
    expect(accountSentence(text, sampleAccount({ check: null }), NOW_MS)).toBe('Not tried yet.');
    expect(accountSentence(text, sampleAccount({ problem: sampleMirrorProblem('auth-failed', { params: { server: 'github.com', account: 'work' } }) }), NOW_MS)).toBe('github.com refused the token of work.');
    expect([expiring(60), expiring(12), expiring(-1)].map((account) => accountTone(account, NOW_MS))).toEqual(['quiet', 'wait', 'stop']);
  });

  it('is checked, given another token, or removed, each by name', async () => {
    view = await live(<AccountsPanel title="Accounts" id="accounts" accounts={states.full.accounts} />, states.full);
    await view.click('Check: copies');
    await view.click('Remove: attic');
    expect(view.asked).toEqual([
      ['account.check', { name: 'copies' }],
      ['account.remove', { name: 'attic' }],
    ]);
  });

  it('gets another token and keeps its forge, server and name', async () => {
    view = await live(<AccountSheet name="attic" onClose={() => undefined} />, states.full);
    await view.type(document.querySelector('input[type=password]'), 'new-token');
    await view.click('Try and replace');
    expect(view.asked).toEqual([['account.add', { name: 'attic', forge: 'gitea', api: 'https://git.attic.example/api/v1', token: 'new-token' }]]);
    expect(document.querySelector('[role=dialog]')?.textContent).toContain('Works, as me');
  });

  it('keeps what was typed when the forge says no', async () => {
    view = await live(<AccountSheet name="attic" onClose={() => undefined} />, states.full, {
      'account.add': () => {
        throw new Error('It refused the token.');
      },
    });
    await view.type(document.querySelector('input[type=password]'), 'wrong');
    await view.click('Try and replace');
    expect(document.querySelector('[role=alert]')?.textContent).toContain('It refused the token.');
    expect(document.querySelector<HTMLInputElement>('input[type=password]')?.value).toBe('wrong');
  });
});

describe('the webhook', () => {
  const off = states.empty.webhook;

  it('is switched on at this machine’s own address, and shows its secret once', async () => {
    view = await live(<WebhookPanel title="Webhook" id="webhook" webhook={off} mirrors={[]} />, states.empty);
    await view.click('Switch on');
    expect(view.asked).toEqual([['webhook.listen', { listen: '127.0.0.1:9419', newSecret: true }]]);
    expect(view.body.textContent).toContain('lsk_8Qw2mVx0aTt5rZ1cYp7nHd4k');
    await view.click('Copy');
    await view.click('Hide');
    expect(view.body.textContent).not.toContain('lsk_');
  });

  it('says of each mirror what came last, and what was made of it', async () => {
    view = await live(<WebhookPanel title="Webhook" id="webhook" webhook={states.full.webhook} mirrors={states.full.mirrors} />, states.full);
    expect(view.body.textContent).toContain('tidepool on GitHub: 16:31, signature right');
    await view.click('Switch off');
    expect(view.asked).toEqual([['webhook.off', {}]]);
  });

  it('takes addresses that can be listened at and called', () => {
    expect(['127.0.0.1:9419', '[::1]:80', 'hooks.local:0'].map(isListen)).toEqual([true, true, true]);
    expect(['127.0.0.1', ':80', 'host:99999', 'host:x'].map(isListen)).toEqual([false, false, false, false]);
    expect(['', 'https://a.example/hooks', 'ftp://a', 'a.example'].map(isPublicUrl)).toEqual([true, true, false, false]);
    expect([listenOf({ url: 'http://127.0.0.1:9000/hooks' }), listenOf({ url: null })]).toEqual(['127.0.0.1:9000', '127.0.0.1:9419']);
  });
});
