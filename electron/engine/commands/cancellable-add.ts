import type { FailureCode } from '../../../shared/failure.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { LockstepError } from '../errors.ts';

type Adding = Pick<EngineHandlers, 'folder.add'>;

/** Troubles of the network have other words where nothing is there yet that could be saved or lost. */
const AT_FIRST: ReadonlySet<FailureCode> = new Set(['offline', 'timeout', 'remote-gone', 'auth-failed']);

/** `folder.add`, which may be cloning for hours, and the way to end it from another call. */
export function cancellableAdd<H extends Adding>(handlers: H): H & Pick<EngineHandlers, 'folder.cancel-add'> {
  const underWay = new Map<string, AbortController>();
  return {
    ...handlers,
    'folder.add': async (input, signal) => {
      const cancel = new AbortController();
      underWay.set(input.path, cancel);
      try {
        return await handlers['folder.add'](input, AbortSignal.any([signal, cancel.signal]));
      } catch (error) {
        throw input.clone !== undefined && error instanceof LockstepError ? asOfClone(error) : error;
      } finally {
        if (underWay.get(input.path) === cancel) underWay.delete(input.path);
      }
    },
    'folder.cancel-add': async ({ path }) => {
      underWay.get(path)?.abort();
      return {};
    },
  };
}

function asOfClone(error: LockstepError): LockstepError {
  if (!AT_FIRST.has(error.code) || 'how' in error.params) return error;
  return new LockstepError(error.code, { ...error.params, how: 'clone' }, { cause: error });
}
