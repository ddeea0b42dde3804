import { matchKey } from '../vcs/remote-url.ts';

/** What a repository of a single address is called: the last part of its path, without `.git`. */
export const oneName = (url: string): string => matchKey(url).split('/').findLast((part) => part !== '') ?? 'repository';
