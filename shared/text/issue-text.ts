import type { ZodError } from 'zod';
import type { Text } from './text.ts';

/** What is wrong with what somebody gave, in one sentence with the name it was given under: "limit: must be at most 10000". */
export function issueSentence(text: Text, error: ZodError): string {
  const [issue] = error.issues;
  if (!issue) return text.t('commandLine.usage.not-understood');
  const name = issue.path.map(String).join('.');
  const detail = issueWords(text, issue);
  return name ? text.t('commandLine.usage.issue', { name, detail }) : detail;
}

function issueWords(text: Text, issue: ZodError['issues'][number]): string {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string') return text.t(Number(issue.minimum) <= 1 ? 'commandLine.usage.empty' : 'commandLine.usage.at-least-long', { limit: String(issue.minimum) });
      return text.t(issue.inclusive === false ? 'commandLine.usage.above' : 'commandLine.usage.at-least', { limit: String(issue.minimum) });
    case 'too_big':
      return text.t(issue.origin === 'string' ? 'commandLine.usage.at-most-long' : 'commandLine.usage.at-most', { limit: String(issue.maximum) });
    case 'invalid_value':
      return text.t('commandLine.usage.one-of', { names: issue.values.map(String).join(', ') });
    case 'invalid_type':
      return text.t(issue.expected === 'number' || issue.expected === 'int' ? 'commandLine.usage.must-number' : 'commandLine.usage.not-understood');
    default:
      return text.t('commandLine.usage.not-understood');
  }
}
