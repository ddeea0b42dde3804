import { createText } from '../shared/text/text.ts';

/** The product's own words: a test looks for what a person would read, and does not write it a second time. */
export const words = createText('en');
