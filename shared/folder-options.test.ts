import { expect, it } from 'vitest';
import { folderOptionChangesSchema, FOLDER_OPTION_KEYS, folderOptionsSchema, optionKey, optionName, optionsDocument } from './folder-options.ts';

it('a change of one option says nothing about the others', () => {
  expect(folderOptionChangesSchema.parse({ maxWait: '5' })).toEqual({ maxWait: 5 });
  expect(folderOptionChangesSchema.parse({})).toEqual({});
});

it('a folder has every default', () => {
  expect(optionsDocument(folderOptionsSchema.parse({}))).toEqual({
    'commit-delay': 2,
    'max-wait': 300,
    'push-delay': 1,
    poll: 300,
    message: 'auto',
    'popup-timeout': 60,
    commit: true,
    push: true,
    pull: true,
    conflicts: 'keep-both',
    'max-file-size': 100_000_000,
    ignore: [],
    trust: false,
  });
});

it.each(FOLDER_OPTION_KEYS)('%s is found again by its long name', (key) => {
  expect(optionKey(optionName(key))).toBe(key);
});
