import { mirrorDocument } from '../../shared/mirror-document.ts';
import { mirrorTier, type MirrorProblem } from '../../shared/mirror-problem.ts';
import type { Mirror, MirroredRepository } from '../../shared/mirror.ts';
import { mirrorProblemSentence, mirrorStateWord } from '../../shared/text/mirror-text.ts';
import type { FailureCode } from '../../shared/failure.ts';
import { CommandFailed, type CliContext } from './cli-context.ts';

interface Unmet {
  readonly mirror: Mirror;
  readonly repository: MirroredRepository | null;
  readonly problem: MirrorProblem | null;
  readonly exitCode: 1 | 6;
}

const DECISIONS: readonly MirroredRepository['state'][] = ['needs-approval', 'diverged', 'ahead'];

/**
 * Gives 0 when all is in step. Otherwise throws the failure of INTERFACE.md: 6 where a person must decide, 1 where something
 * else is in the way; the mirrors stand beside it in the document. A check that finds a source ahead has done what it is for.
 */
export function refuseOutcome(context: CliContext, mirrors: readonly Mirror[], only: string | undefined, isCheck = false): 0 {
  const unmet = mirrors.flatMap((mirror) => unmetOf(mirror, only, isCheck)).sort((a, b) => b.exitCode - a.exitCode);
  const [worst] = unmet;
  if (!worst) return 0;
  const { text, nowMs } = context;
  const code: FailureCode = worst.exitCode === 6 ? 'needs-decision' : (worst.problem?.code ?? 'not-in-step');
  const message = unmet.map((one) => sentenceOf(context, one)).join('\n');
  const documents = mirrors.map((mirror) => mirrorDocument(text, mirror, nowMs));
  throw new CommandFailed({ code, message, params: {} }, { exitCode: worst.exitCode, more: { mirror: worst.mirror.id, mirrors: documents } });
}

function unmetOf(mirror: Mirror, only: string | undefined, isCheck: boolean): Unmet[] {
  const whole: Unmet[] = mirror.problem && mirrorTier(mirror.problem.code) !== 'note' && only === undefined ? [{ mirror, repository: null, problem: mirror.problem, exitCode: mirror.problem.code === 'listing-shrank' ? 6 : 1 }] : [];
  const repositories = mirror.repos.filter(({ name }) => only === undefined || name === only || name.endsWith(`/${only}`));
  return [
    ...whole,
    ...repositories.flatMap((repository): Unmet[] => {
      const { state, problem } = repository;
      if (DECISIONS.includes(state)) return [{ mirror, repository, problem, exitCode: 6 }];
      const isDone = state === 'in-sync' || state === 'empty' || (isCheck && problem === null);
      return isDone && (problem === null || mirrorTier(problem.code) === 'note') ? [] : [{ mirror, repository, problem, exitCode: 1 }];
    }),
  ];
}

function sentenceOf({ text, nowMs }: CliContext, { mirror, repository, problem }: Unmet): string {
  const place = { mirror: mirror.id, ...(repository ? { repository: repository.name } : {}) };
  const sentence = problem ? mirrorProblemSentence(text, problem, { ...place, nowMs }) : mirrorStateWord(text, repository?.state ?? mirror.state);
  return repository ? text.t('mirrorLines.answer.not-done', { mirror: mirror.name, repository: repository.name, sentence }) : `${mirror.name}: ${sentence}`;
}
