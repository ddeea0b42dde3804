import type { WindowBridge } from '../../shared/window-bridge.ts';
import { fakeBridge } from './fake-bridge.ts';
import { states, type Scenario } from './fixtures.ts';

const isScenario = (name: string): name is Scenario => name in states || name === 'loading' || name === 'stale';

// Runs before the page: `?scenario=halted` in its address says what the window is to show.
const named = new URLSearchParams(location.search).get('scenario') ?? 'full';
// Some runs of a page see this script twice; what is there is taken over.
if (!('lockstep' in globalThis)) Object.assign(globalThis, { lockstep: fakeBridge(isScenario(named) ? named : 'full') satisfies WindowBridge });
