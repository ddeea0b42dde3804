/** Words that only the window shows. Filled in with its views. */
export const window = {};
