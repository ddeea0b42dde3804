import { describe, expect, it } from 'vitest';
import css from './tokens.css?raw';

/** Token -> [light, dark], for the tokens that are one plain colour in each theme. */
const tokens = new Map([...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name = '', light = '', dark = '']) => [name, [light, dark] as const]));

/** Relative luminance, as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['window', 'surface', 'side', 'sunken', 'hover', 'selected'];
const on = (inks: readonly string[], papers: readonly string[], least: number) => inks.flatMap((ink) => papers.map((paper) => [ink, paper, least] as const));

/** Every ink on every paper it is drawn on, with the least contrast it needs: 4.5 for words, 3 for marks and the edges of controls. */
const PAIRS = [
  ...on(['text', 'text-2'], [...grounds, 'accent-tint', 'wait-tint', 'stop-tint', 'theirs-tint'], 6.5),
  ...on(['text-3'], [...grounds, 'accent-tint', 'wait-tint', 'add-tint', 'del-tint'], 4.5),
  ...on(['accent'], ['window', 'surface', 'side', 'sunken', 'hover', 'selected', 'accent-tint'], 4.5),
  ...on(['wait'], ['window', 'surface', 'sunken', 'hover', 'wait-tint'], 4.5),
  ...on(['stop'], ['window', 'surface', 'sunken', 'hover', 'stop-tint'], 4.5),
  ...on(['theirs'], ['window', 'surface', 'theirs-tint'], 4.5),
  ...on(['on-accent'], ['accent', 'accent-press'], 4.5),
  ...on(['on-stop'], ['stop'], 4.5),
  ...on(['text'], ['add-tint', 'del-tint', 'add-word', 'del-word'], 6.5),
  ...on(['add'], ['surface', 'add-tint'], 4.5),
  ...on(['del'], ['surface', 'del-tint'], 4.5),
  ...on(['wait-mark', 'edge'], ['window', 'surface', 'side', 'sunken', 'hover', 'selected'], 3),
  ...on(['bar'], ['window', 'surface', 'sunken'], 3),
];

const paint = (name: string, theme: 0 | 1): string => {
  const pair = tokens.get(name);
  if (!pair) throw new Error(`tokens.css has no --${name}`);
  return pair[theme];
};

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('contrast in the %s theme', (_name, theme) => {
  it.each(PAIRS)('%s on %s is at least %d', (ink, paper, least) => {
    expect(contrast(paint(ink, theme), paint(paper, theme))).toBeGreaterThanOrEqual(least);
  });
});
