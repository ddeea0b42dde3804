import { createText } from '../../shared/text/text.ts';
import { runEngine } from '../control/run-engine.ts';
import { deferred } from '../engine/deferred.ts';
import { nodePorts } from '../engine/ports/node-ports.ts';
import type { Log } from '../engine/ports.ts';
import type { CliContext } from './cli-context.ts';
import { VERSION } from './version.ts';
import { onSleep } from './wake-up.ts';

/** The program without a face: runs until it is told to end, by a signal or the `stop` command. */
export async function daemon(context: CliContext): Promise<number> {
  const { home, invocation } = context;
  const ports = nodePorts({ home, processEnv: invocation.env });
  const running = await runEngine({ ports, home, version: VERSION, text: createText() });
  const { engine } = running;
  const ended = endOf(invocation.ending);
  const asked = engine.stopRequested.then(() => 'ended' as const);
  const { broken, forget } = surprises(ports.log);
  const endSleep = onSleep(() => engine.wake());
  try {
    ports.log.info('started', { version: VERSION, home: home.directory });
    const started = await Promise.race([engine.start().then(() => 'started' as const), ended, asked, broken]);
    if (invocation.ending.aborted) return 0;
    if (started === 'started') {
      context.out.line(JSON.stringify({ event: 'ready', pid: process.pid, home: home.directory, version: VERSION }));
      return (await Promise.race([ended, asked, broken])) === 'broken' ? 1 : 0;
    }
    return started === 'broken' ? 1 : 0;
  } finally {
    endSleep();
    forget();
    await running.stop();
    await ports.http.close();
    ports.log.info('stopped');
  }
}

function endOf(signal: AbortSignal): Promise<'ended'> {
  if (signal.aborted) return Promise.resolve('ended');
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve('ended'), { once: true }));
}

/** What nobody caught: written down, then an orderly end. Going on after it could do harm. */
function surprises(log: Log): { broken: Promise<'broken'>; forget: () => void } {
  const broken = deferred<'broken'>();
  const tell = (error: unknown) => {
    log.error('something unexpected happened', { error });
    broken.resolve('broken');
  };
  process.on('uncaughtException', tell).on('unhandledRejection', tell);
  return { broken: broken.promise, forget: () => void process.off('uncaughtException', tell).off('unhandledRejection', tell) };
}
