import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import type { MirroredRepository, MirrorSummary } from '../../shared/mirror.ts';
import { useCalm } from '../components/use-calm.ts';
import { useSight, useWindow } from '../window-context.tsx';

/** While a run is on, revisions count up many times a second. */
const ASKED_EVERY_MS = 500;

export interface RepositoriesOfMirror {
  /** The last good list: it stays while a newer one is under way. */
  readonly repos: readonly MirroredRepository[] | undefined;
  readonly failure: Failure | undefined;
}

export interface Repositories {
  readonly of: (mirror: string) => RepositoriesOfMirror;
  readonly again: (mirror: string) => void;
}

const UNKNOWN: RepositoriesOfMirror = { repos: undefined, failure: undefined };

/** The repositories of each mirror, asked for again when its revision has changed, at most every 500 ms. */
export function useRepositories(mirrors: readonly MirrorSummary[]): Repositories {
  const { client } = useWindow();
  const engine = useSight(({ state }) => state?.startedAt ?? '');
  const [loaded, setLoaded] = useState<ReadonlyMap<string, RepositoriesOfMirror>>(new Map());
  const asked = useRef(new Map<string, string>());
  const wanted = useCalm(mirrors.map(({ id, revision }) => `${id} ${revision} ${engine}`).join('\n'), ASKED_EVERY_MS);
  const ask = useCallback(
    async (id: string, question: string) => {
      asked.current.set(id, question);
      const answer = await client.invoke('mirror.list', { id });
      // Overtaken by a newer question.
      if (asked.current.get(id) !== question) return;
      setLoaded((before) => new Map(before).set(id, answer.ok ? { repos: answer.value.find((mirror) => mirror.id === id)?.repos ?? [], failure: undefined } : { repos: before.get(id)?.repos, failure: answer.failure }));
    },
    [client],
  );
  useEffect(() => {
    for (const question of wanted.split('\n')) {
      const [id = ''] = question.split(' ');
      if (id !== '' && asked.current.get(id) !== question) void ask(id, question);
    }
  }, [ask, wanted]);
  return { of: (mirror) => loaded.get(mirror) ?? UNKNOWN, again: (mirror) => void ask(mirror, `${mirror} again`) };
}
