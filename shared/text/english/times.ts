/** Times, durations, sizes and small connecting words. Clock and dates come from Intl in the language's own form. */
export const times = {
  now: 'just now',
  'seconds-ago': '{{count}} s ago',
  'minutes-ago': '{{count}} min ago',
  yesterday: 'yesterday {{clock}}',
  weekday: '{{weekday}} {{clock}}',
  seconds: '{{value}} s',
  minutes: '{{value}} min',
  hours: '{{value}} h',
  'hours-minutes': '{{value}} h {{minutes}} min',
  days_one: 'one day',
  days_other: '{{count}} days',
  'and-more': '{{list}} and {{count}} more',
  and: '{{list}} and {{last}}',
};
