import { describe, expect, it } from 'vitest';
import { folderOptionsSchema } from '../../shared/folder-options.ts';
import { createText } from '../../shared/text/text.ts';
import { checkOption, shownOption } from './option-fields.ts';

const text = createText();
const options = folderOptionsSchema.parse({});

describe('the numbers of a folder’s settings', () => {
  it('are shown in the unit people think in, and read back in the one the engine uses', () => {
    expect(shownOption(options, 'maxFileSize')).toBe('100');
    expect(checkOption(text, options, 'maxFileSize', '2.5')).toEqual({ ok: true, value: 2_500_000 });
    expect(checkOption(text, options, 'commitDelay', ' 3 ')).toEqual({ ok: true, value: 3 });
    expect(checkOption(text, options, 'commitDelay', '0,5')).toEqual({ ok: true, value: 0.5 });
  });

  it.each([
    ['commitDelay', '', /must be a number/i],
    ['commitDelay', 'soon', /The old value, 2,/],
    ['commitDelay', '-1', /at least 0/],
    ['commitDelay', '90000', /at most 86400/],
    ['maxWait', '1', /commit delay, 2 s/],
    ['commitDelay', '301', /longest wait, 300 s/],
    ['poll', '0', /at least 1/],
  ] as const)('%s takes no “%s”, and says why', (key, typed, why) => {
    const checked = checkOption(text, options, key, typed);
    expect(checked.ok ? '' : checked.error).toMatch(why);
  });
});
