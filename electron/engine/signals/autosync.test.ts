import { describe, expect, it } from 'vitest';
import { isAutosyncBot, pushedBody, pushedUrl } from './autosync.ts';

describe('dvcs-autosync messages', () => {
  it.each([
    ['pushed git@hub:notes.git\n', 'git@hub:notes.git'],
    ['  PUSHED   https://hub/notes.git  ', 'https://hub/notes.git'],
    ["pushed b'git@hub:notes.git\\n'", 'git@hub:notes.git'],
    ['pushed b"git@hub:o\'neill.git\\n"', "git@hub:o'neill.git"],
    ['pushed /srv/with space/notes', '/srv/with space/notes'],
    ['pushed', null],
    ["pushed b''", null],
    ['pushedgit@hub:notes.git', null],
    ['login AutosyncJabberBot on desk', null],
    ['ping', null],
    ['unknown pushed x', null],
    [`pushed ${'x'.repeat(5000)}`, null],
  ])('%j names %j', (body, url) => {
    expect(pushedUrl(body)).toBe(url);
  });

  it.each([
    ['git@hub:notes.git', 'pushed git@hub:notes.git'],
    ['ssh://git@hub/notes.git', 'pushed ssh://git@hub/notes.git'],
    ['https://me:token@hub/notes.git', 'pushed https://hub/notes.git'],
  ])('for %j is %j', (url, body) => {
    expect(pushedBody(url)).toBe(body);
  });

  it('come from its bots', () => {
    expect([isAutosyncBot('AutosyncJabberBot on desk'), isAutosyncBot('phone')]).toEqual([true, false]);
  });
});
