/** What an import left out, and why. */
export const imports = {
  'no-counterpart': '{{what}}: Lockstep does that by itself',
  'not-git': '{{what}}: it is not a Git project',
  'no-path': '{{what}}: it names no folder',
  'several-servers': '{{what}}: one fanout server is used, the first',
  because: '{{what}}: {{sentence}}',
};
