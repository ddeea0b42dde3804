import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LockstepError } from '../../../../electron/engine/errors.ts';
import type { Machine } from '../../../../electron/engine/testing/machines.ts';
import { sized, type Run } from '../../part.ts';
import { SeededRandom } from '../../random.ts';
import { figure, type Found } from '../trial.ts';
import { ODD_ADDRESSES, REFUSED_ADDRESSES } from './addresses.ts';
import { LookedAt } from './looked-at.ts';
import { mutated } from './mutated.ts';

const MUTATIONS = 150;
const LIMIT_MS = 60_000;
/** Shorter ones are a part of much that is honest. */
const TELLING_CHARS = 8;

interface Entrance {
  readonly name: string;
  readonly tell: (machine: Machine, address: string, number: number) => Promise<unknown>;
}

const limit = (): AbortSignal => AbortSignal.timeout(LIMIT_MS);

/** Ways by which an address comes in. */
const ENTRANCES: readonly Entrance[] = [
  { name: 'folder add --clone', tell: (machine, clone, number) => machine.engine.handlers['folder.add']({ path: `${machine.folder}-${number}`, clone, paused: true, options: {} }, limit()) },
  { name: 'folder address', tell: (machine, url) => machine.engine.handlers['folder.address']({ id: 'desk', url }, limit()) },
  { name: 'configuration of a repository', tell: byHand },
  { name: 'signal xmpp --service', tell: (machine, service) => machine.engine.handlers['signal.xmpp']({ jid: 'me@host.invalid', password: 'secret', service }, limit()) },
  { name: 'signal fanout --url', tell: (machine, url) => machine.engine.handlers['signal.fanout']({ url }, limit()) },
];

/** Addresses of remotes and servers, through every entrance: none of them runs anything, and no process is given one that is refused. */
export async function addressesTrial(run: Run): Promise<Found> {
  const random = new SeededRandom(run.seed);
  const odd = [...(run.scale < 1 ? [] : ODD_ADDRESSES), ...Array.from({ length: sized(MUTATIONS, run) }, () => mutated(random, random.pick([...REFUSED_ADDRESSES, ...ODD_ADDRESSES]).slice(0, 3_000)))];
  const refused = run.scale < 1 ? Array.from({ length: sized(REFUSED_ADDRESSES.length, run) }, () => random.pick(REFUSED_ADDRESSES)) : REFUSED_ADDRESSES;
  const corpus = [...refused.map((raw) => ({ raw, verdict: 'refused' as const })), ...odd.map((raw) => ({ raw, verdict: 'either' as const }))];
  const looked = new LookedAt();
  try {
    const machine = await looked.machine('desk');
    const config = readFileSync(join(machine.folder, '.git/config'), 'utf8');
    for (const { name, tell } of ENTRANCES) {
      run.say(`addresses: ${name}`);
      for (const [number, { raw, verdict }] of corpus.entries()) {
        const address = raw.replaceAll('RAN', looked.ran);
        const what = `${name} ${JSON.stringify(address).slice(0, 200)}`;
        await looked.tell(what, verdict, () => tell(machine, address, number));
        if (verdict === 'refused' && address.length > TELLING_CHARS && looked.wasGiven(address)) looked.failures.push(`${what}: a process was given it`);
        writeFileSync(join(machine.folder, '.git/config'), config);
      }
    }
    return { figures: [figure('addresses, times entrances', corpus.length * ENTRANCES.length)], failures: looked.failures };
  } finally {
    await looked.close();
  }
}

/** A person, or whoever made the repository, has written it there; it is asked for, and looked at by everything that reads the configuration. */
async function byHand(machine: Machine, address: string): Promise<void> {
  const file = join(machine.folder, '.git/config');
  // As git quotes it (git-config(1)); what cannot stand there at all does not come in that way.
  const quoted = address.replaceAll('\0', '').replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/\turl = .*/, () => `\turl = "${quoted}"\n\tpushurl = "${quoted}"`));
  const { folders: [folder] } = await machine.engine.handlers.sync({ id: 'desk', timeoutS: 30 }, limit());
  await machine.engine.handlers.doctor({}, limit());
  if (folder?.problem) throw new LockstepError(folder.problem.code, folder.problem.params);
}
