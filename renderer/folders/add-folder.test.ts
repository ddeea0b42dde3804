import { describe, expect, it } from 'vitest';
import { addArguments, fieldOfFailure, startDraft, suggestedName } from './add-folder.ts';

describe('adding a folder', () => {
  it.each([
    ['git@host:notes.git', 'notes'],
    ['ssh://git@host:2222/team/plans.git/', 'plans'],
    ['https://forge.example/me/thesis', 'thesis'],
    ['/srv/hub/scores.git', 'scores'],
  ])('%s would be called %s', (url, name) => {
    expect(suggestedName({ how: 'clone', path: '', url })).toBe(name);
  });

  it('takes the name of the folder that is there', () => {
    expect(suggestedName({ how: 'have', path: '/home/me/notes/', url: '' })).toBe('notes');
  });

  it('sends only what was filled in', () => {
    expect(addArguments({ ...startDraft('/home/me/notes ', undefined), asksForMessage: false })).toEqual({ path: '/home/me/notes', paused: false, options: { message: 'auto' } });
    expect(addArguments({ ...startDraft('/n', 'git@h:n.git'), name: ' N ' })).toMatchObject({ clone: 'git@h:n.git', name: 'N', options: { message: 'popup' } });
  });

  it('says what is wrong beside the field it is about', () => {
    expect(fieldOfFailure('not-a-repository', 'have')).toBe('path');
    expect(fieldOfFailure('address-refused', 'clone')).toBe('url');
    expect(fieldOfFailure('internal', 'clone')).toBeNull();
  });
});
