import { describe, expect, it } from 'vitest';
import { MemorySecrets } from '../testing/memory-secrets.ts';
import { Redactor } from './redact.ts';
import { rememberingSecrets } from './remembering-secrets.ts';

/** Made up, and put together only here, so that no scanner takes them for real ones. */
const canary = (prefix: string, length: number): string => prefix + 'Canary0'.repeat(8).slice(0, length);

describe('secrets known by value', () => {
  const secret = 'p"ss/w&rd canary';
  const redactor = new Redactor();
  redactor.learn('xmpp', secret);

  it.each([
    ['plain', secret],
    ['in a URL', encodeURIComponent(secret)],
    ['in JSON', JSON.stringify({ body: secret })],
    ['in base64', Buffer.from(secret).toString('base64')],
  ])('are replaced by their name: %s', (_, text) => {
    const shown = redactor.text(`said ${text} again ${text}.`);
    expect(shown).toMatch(/^said .*\[xmpp\].* again .*\[xmpp\].*\.$/);
    expect(shown).not.toContain('canary');
  });

  it('are replaced whole when one is part of another', () => {
    const both = new Redactor();
    both.learn('short', 'canary');
    both.learn('long', 'canary-and-more');
    expect(both.text('canary-and-more, canary')).toBe('[long], [short]');
  });

  it('are not those that are words', () => {
    const words = new Redactor();
    words.learn('pin', 'main');
    expect(words.text('branch main')).toBe('branch main');
  });

  it('are learnt when a store gives or takes them', async () => {
    const [store, learning] = [new MemorySecrets(), new Redactor()];
    await store.set('old', 'canary-old');
    const secrets = rememberingSecrets(store, learning);
    await secrets.get('old');
    await secrets.set('new', 'canary-new');
    await secrets.remove('new');
    expect(learning.text('canary-old canary-new')).toBe('[old] [new]');
    expect(await secrets.get('new')).toBeNull();
  });
});

describe('secrets known by their form', () => {
  const redactor = new Redactor();

  it.each([
    ['userinfo', "fatal: unable to access 'https://ada:canary-1@host.example/x.git/'", "fatal: unable to access 'https://ada:[redacted]@host.example/x.git/'"],
    ['token as user', 'https://canary-1@host.example/x', 'https://[redacted]@host.example/x'],
    ['basic', 'Authorization: Basic Y2FuYXJ5LTE=', 'Authorization: Basic [redacted]'],
    ['bearer', '{"authorization":"Bearer canary-1"}', '{"authorization":"Bearer [redacted]"}'],
    ['GitLab header', 'PRIVATE-TOKEN: canary-1', 'PRIVATE-TOKEN: [redacted]'],
    ['query', 'GET /x?access_token=canary-1&page=2', 'GET /x?access_token=[redacted]&page=2'],
    ['assignment', 'password=canary-1', 'password=[redacted]'],
  ])('%s', (_, text, shown) => {
    expect(redactor.text(text)).toBe(shown);
  });

  it.each([
    ['GitHub', canary('ghp_', 36)],
    ['GitHub, fine-grained', canary('github_pat_', 40)],
    ['GitLab', canary('glpat-', 20)],
    ['Bitbucket', canary('ATBB', 32)],
    ['Slack', canary('xoxb-', 20)],
    ['AWS', `AKIA${'CANARY0'.repeat(3).slice(0, 16)}`],
    ['npm', canary('npm_', 36)],
    ['Google', canary('AIza', 35)],
    ['JSON web token', `${canary('eyJ', 20)}.${canary('eyJ', 20)}.${canary('', 20)}`],
    ['private key', `-----BEGIN OPENSSH PRIVATE ${'KEY'}-----\ncanary\n-----END OPENSSH PRIVATE KEY-----`],
  ])('%s token', (_, token) => {
    expect(redactor.text(`remote: got ${token} here`)).toBe('remote: got [redacted] here');
  });

  it.each(['git@host.example:ada/notes.git', 'ssh://git@host.example/notes', 'Author: Ada <ada@example.org>', 'refs/heads/token-cleanup', 'the password is wrong', '4b825dc642cb6eb9a060e54bf8d69288fbee4904'])(
    'leaves %s',
    (text) => {
      expect(redactor.text(text)).toBe(text);
    },
  );
});

describe('fields of a log line', () => {
  it('are cleaned at any depth, errors with their causes', () => {
    const redactor = new Redactor();
    redactor.learn('token', 'canary-1');
    const error = new Error('canary-1 refused', { cause: Object.assign(new Error('said canary-1'), { code: 'ECONNREFUSED' }) });
    const clean = redactor.fields({ list: [{ url: 'https://a:canary-2@host' }], error, bytes: Buffer.from('canary-1'), password: 'canary-3', count: 1 });
    expect(JSON.stringify(clean)).not.toContain('canary');
    expect(clean).toMatchObject({ count: 1, bytes: '[token]', error: { name: 'Error', message: '[token] refused', cause: { code: 'ECONNREFUSED', message: 'said [token]' } } });
  });

  it('end where they go round', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(JSON.stringify(new Redactor().fields(circle))).toContain('…');
  });
});
