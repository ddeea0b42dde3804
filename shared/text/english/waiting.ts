/** What waits for a person: a sentence and one button each. */
export const waiting = {
  conflict_one: 'One file was changed on two machines; both versions are kept.',
  conflict_other: '{{count}} files were changed on two machines; both versions are kept.',
  'conflict-button': 'Compare',
  message_one: 'One changed file would like a message.',
  message_other: '{{count}} changed files would like a message.',
  'message-button': 'Write message',
  'held-first_one': 'One file is held back. {{sentence}}',
  'held-first_other': '{{count}} files are held back. {{sentence}}',
  'held-button': 'Decide',
  mirror_other: '{{names}} wait for you.',
  mirror_one: '{{names}} waits for you.',
  'mirror-button': 'Look at them',
  'mirror-look': 'Look',
  program: 'Lockstep',
};
