import type { Change } from '../app-state.ts';

const SUBJECT_LENGTH = 72;
const LISTED = 40;

const VERBS: Record<Change['change'], string> = { added: 'Add', modified: 'Edit', deleted: 'Remove', renamed: 'Rename', 'type-changed': 'Change' };

/** Message for a change that nobody described: what and where in the subject, the files below it when there are several. */
export function defaultMessage(changes: readonly Change[]): string {
  const subject = subjectOf(changes);
  if (changes.length < 2) return subject;
  const listed = changes.slice(0, LISTED).map(({ path, change }) => `${VERBS[change]} ${oneLine(path)}`);
  if (changes.length > LISTED) listed.push(`and ${changes.length - LISTED} more`);
  return `${subject}\n\n${listed.join('\n')}`;
}

function subjectOf(changes: readonly Change[]): string {
  const [first] = changes;
  if (!first) return 'Change nothing';
  const kinds = new Set(changes.map(({ change }) => change));
  const verb = kinds.size === 1 ? VERBS[first.change] : 'Change';
  if (changes.length === 1) return cut(`${verb} ${oneLine(first.path)}`);
  const names = changes.map(({ path }) => oneLine(path.slice(path.lastIndexOf('/') + 1)));
  const all = `${verb} ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  if (changes.length <= 3 && all.length <= SUBJECT_LENGTH) return all;
  const where = commonDirectory(changes);
  return cut(`${verb} ${changes.length} files${where ? ` in ${where}` : ''}`);
}

function commonDirectory(changes: readonly Change[]): string {
  const parts = changes.map(({ path }) => path.split('/').slice(0, -1));
  const [shortest = []] = [...parts].sort((a, b) => a.length - b.length);
  const same = shortest.findIndex((part, index) => parts.some((other) => other[index] !== part));
  return oneLine((same < 0 ? shortest : shortest.slice(0, same)).join('/'));
}

const oneLine = (text: string): string => text.replace(/\p{Cc}/gu, '?');
const cut = (text: string): string => (text.length <= SUBJECT_LENGTH ? text : `${text.slice(0, SUBJECT_LENGTH - 1)}…`);
