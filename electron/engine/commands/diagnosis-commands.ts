import type { EngineCore } from '../engine-core.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { LockstepError } from '../errors.ts';

export function diagnosisCommands(_core: EngineCore): Pick<EngineHandlers, 'doctor' | 'import'> {
  return {
    doctor: async () => Promise.reject(new LockstepError('not-available')),
    import: async () => Promise.reject(new LockstepError('not-available')),
  };
}
