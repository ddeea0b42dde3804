import type { WindowBridge } from '../../shared/window-bridge.ts';
import { answers } from './answers.ts';
import { states, type Scenario } from './fixtures.ts';
import { manyFixture } from './mirror-fixtures.ts';

const table = answers as Record<string, ((input: unknown) => unknown) | undefined>;

/** A `window.lockstep` that plays one scenario, for pictures and tests in a plain browser. Never shipped. */
export function fakeBridge(scenario: Scenario): WindowBridge & { readonly asked: [string, unknown][] } {
  const state = scenario === 'loading' || scenario === 'stale' ? states.full : states[scenario];
  const asked: [string, unknown][] = [];
  return {
    asked,
    async invoke(command, input) {
      asked.push([command, input]);
      if (scenario === 'loading') return new Promise(() => undefined);
      if (command === 'state.get') return { ok: true, value: state };
      if (scenario === 'many' && command === 'mirror.list') return { ok: true, value: [manyFixture] };
      const answer = table[command];
      return { ok: true, value: answer ? answer(input) : {} };
    },
    onState(listener) {
      if (scenario === 'stale') setTimeout(() => listener(null), 50);
      return () => undefined;
    },
    pathOf: () => '/home/me/recipes',
  };
}
