import type { Home } from '../home.ts';
import { Redactor } from '../log/redact.ts';
import { rememberingSecrets } from '../log/remembering-secrets.ts';
import type { Log, Ports, SecretStore } from '../ports.ts';
import { homeSecrets } from './home-secrets.ts';
import { nodeClock } from './node-clock.ts';
import { nodeFiles } from './node-files.ts';
import { nodeHost } from './node-host.ts';
import { nodeHttp } from './node-http.ts';
import { nodeLog } from './node-log.ts';
import { nodeNet } from './node-net.ts';
import { nodeProcesses } from './node-processes.ts';
import { nodeRandom } from './node-random.ts';
import { nodeWatch } from './node-watch.ts';

/**
 * The real ports, for plain Node and Electron alike. `secrets` instead of the file below the home (the system's
 * keyring), `log` instead of the home's log file; `LOCKSTEP_LOG=debug` in the environment makes that one talkative.
 */
export function nodePorts(options: { home: Home; processEnv?: Readonly<Record<string, string | undefined>>; secrets?: SecretStore; log?: Log }): Ports {
  const host = nodeHost(options.processEnv ?? process.env);
  const redactor = new Redactor();
  return {
    clock: nodeClock,
    random: nodeRandom,
    files: nodeFiles,
    processes: nodeProcesses,
    watch: nodeWatch(),
    net: nodeNet,
    http: nodeHttp(host.env, redactor),
    secrets: rememberingSecrets(options.secrets ?? homeSecrets(options.home, nodeFiles, host.uid, null), redactor),
    redactor,
    log: options.log ?? nodeLog(options.home.logFile, redactor, host.env['LOCKSTEP_LOG']),
    host,
  };
}
