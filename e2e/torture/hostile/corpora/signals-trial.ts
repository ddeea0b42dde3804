import { createHmac } from 'node:crypto';
import { repoKey, openDoorbell, sealDoorbell } from '../../../../electron/engine/signals/doorbell.ts';
import { xmlElement, type XmlElement } from '../../../../electron/engine/signals/xml-element.ts';
import { heardIn, NS_DOORBELL } from '../../../../electron/engine/signals/xmpp-stanzas.ts';
import { RawLineClient } from '../../../../electron/engine/testing/raw-line-client.ts';
import { MESH_KEY, ROOT, SignalMachine, tip } from '../../../../electron/engine/testing/signal-machine.ts';
import { sized, type Run } from '../../part.ts';
import { SeededRandom } from '../../random.ts';
import { figure, together, type Found } from '../trial.ts';
import { mutated } from './mutated.ts';

const SEALED = 20_000;
const STANZAS = 20_000;
const LINES = 10_000;
/** A client that says more in a burst is sent away, as it should be. */
const LINES_A_CLIENT = 1_000;
const OWN = 'alice@example.org/lockstep';
const OTHERS = ['mallory@example.org/lockstep', 'alice@example.org.evil/lockstep', 'alice@example.orgx', 'example.org', 'Alice@evil.invalid', 'mallory@example.org/alice@example.org', 'room@conference.example.org/alice', 'alice%example.org@evil.invalid', ' alice@evil.invalid', 'alice@example.org\0@evil.invalid', '@example.org', 'alice@'];
const WRAPPERS = ['urn:xmpp:forward:0', 'urn:xmpp:carbons:2', 'urn:xmpp:mam:2', 'urn:xmpp:delay', 'jabber:x:delay'];

const REPO = repoKey(MESH_KEY, ROOT);
const ANOTHER_KEY = Buffer.from('fedcba9876543210');
const genuine = (number: number, key = MESH_KEY): string => sealDoorbell({ repo: REPO, tip: tip(number), machine: { id: 'ffffffff', name: 'other' }, counter: number }, key);

/** What comes over the links as if it were from a machine of one's own: only what is proven rings, and once. `openSealed`: another one, to see that it is found out. */
export async function signalsTrial(run: Run, openSealed = openDoorbell): Promise<Found> {
  return together([doorbells(run, openSealed), stanzas(run), await lines(run)]);
}

/** Doorbells that were changed on the way, made with another key, or say more than they may. */
function doorbells(run: Run, openSealed: typeof openDoorbell): Found {
  const random = new SeededRandom(run.seed);
  const failures: string[] = [];
  // Written in another way it may say what was proven, and nothing else.
  const open = (sealed: string, what: string, proven: string | null = null): void => {
    const opened = JSON.stringify(openSealed(sealed, MESH_KEY));
    if (opened !== 'null' && opened !== proven) failures.push(`a doorbell rings: ${what} ${sealed.slice(0, 500)}`);
  };
  const count = sized(SEALED, run);
  for (let made = 0; made < count; made += 1) {
    const honest = genuine(made + 1);
    const text = Buffer.from(honest, 'base64url').toString();
    const proven = JSON.stringify(openDoorbell(honest, MESH_KEY));
    open(Buffer.from(mutated(random, text)).toString('base64url'), 'changed', proven);
    open(mutated(random, honest), 'torn', proven);
  }
  const signed = (fields: object): string => Buffer.from(JSON.stringify({ ...fields, hmac: createHmac('sha256', MESH_KEY).update(JSON.stringify(fields)).digest('hex') })).toString('base64url');
  for (const more of [{ url: 'ext::touch x' }, { ref: '--upload-pack=x' }, { path: '../x' }, { counter: -1 }, { counter: 2 ** 60 }, { tip: '--output=x' }, { repo: '../x' }, { machine: null }, { v: 2 }, { __proto__: { v: 1 } }]) open(signed({ v: 1, repo: REPO, tip: tip(1), machine: { id: 'ffffffff', name: 'x' }, counter: 1, ...more }), 'with more in it');
  open(genuine(1, ANOTHER_KEY), 'of another key');
  return { figures: [figure('doorbells changed on their way', count * 2)], failures };
}

/** Messages of other senders, or wrapped around what the account itself has said. */
function stanzas(run: Run): Found {
  const random = new SeededRandom(run.seed + 1);
  const failures: string[] = [];
  const count = sized(STANZAS, run);
  const bell = xmlElement('doorbell', NS_DOORBELL, {}, [genuine(1)]);
  const event = xmlElement('event', 'http://jabber.org/protocol/pubsub#event', {}, [xmlElement('items', null, { node: NS_DOORBELL }, [xmlElement('item', null, {}, [bell])])]);
  const body = xmlElement('body', null, {}, ['pushed https://evil.invalid/x']);
  for (let made = 0; made < count; made += 1) {
    const children = [bell, event, body].filter(() => random.below(2) === 0);
    const foreign = random.below(2) === 0;
    const from = foreign ? (random.below(4) === 0 ? mutated(random, random.pick(OTHERS)) : random.pick(OTHERS)) : random.pick([OWN.replace('/lockstep', '/other'), 'alice@example.org', '']) || undefined;
    const inside = foreign ? children : [wrapped(random, xmlElement('message', 'jabber:client', { from: 'alice@example.org/other' }, children))];
    const message = xmlElement('message', 'jabber:client', { from, to: OWN, type: random.pick(['chat', 'normal', 'headline', 'groupchat', 'error', '']) || undefined }, inside);
    if (isOurs(from) && foreign) continue;
    if (heardIn(message, OWN) !== null) failures.push(`a message is heard: ${JSON.stringify(message).slice(0, 500)}`);
  }
  return { figures: [figure('stanzas of others, or wrapped', count)], failures };
}

const isOurs = (from: string | undefined): boolean => from?.split('/')[0]?.toLowerCase() === 'alice@example.org';

const wrapped = (random: SeededRandom, message: XmlElement): XmlElement => xmlElement(random.pick(['forwarded', 'received', 'sent', 'result', 'delay']), random.pick(WRAPPERS), {}, [message]);

/** A fanout server that is told anything goes on serving, and whoever listens to it hears what is genuine, once. */
async function lines(run: Run): Promise<Found> {
  const random = new SeededRandom(run.seed + 2);
  const failures: string[] = [];
  const count = sized(LINES, run);
  const machine = await SignalMachine.start('fuzzed', { fanout: { url: null, serve: '127.0.0.1:0' } });
  try {
    await machine.fanoutState('online');
    const serving = machine.status?.fanout.serving ?? '';
    for (let said = 0; said < count; said += LINES_A_CLIENT) {
      const client = await RawLineClient.connect(serving);
      const packet = Array.from({ length: Math.min(LINES_A_CLIENT, count - said) }, () => oddLine(random)).join('\n');
      client.write(`${packet}\n`);
      await client.close();
    }
    for (const packet of ['x'.repeat(20_000), `announce ${REPO} ${'x'.repeat(9_000)}\n`, '\0'.repeat(1_000), 'subscribe a\n'.repeat(2_000)]) {
      const client = await RawLineClient.connect(serving);
      client.write(packet);
      await client.close();
    }
    if (machine.rings.length > 0) failures.push(`fanout: it rang ${machine.rings.length} times for nothing: ${JSON.stringify(machine.rings.slice(0, 3))}`);
    const honest = await RawLineClient.connect(serving);
    // The second time, and the third, it is a repetition; the last shows that all before it were dealt with.
    for (const number of [count + 5, count + 5, count + 4, count + 6]) honest.write(`announce ${REPO} ${genuine(number)}\n`);
    await machine.ringWith(count + 6);
    if (machine.rings.filter((ring) => ring.tip === tip(count + 5)).length > 1 || machine.rings.some((ring) => ring.tip === tip(count + 4))) failures.push('fanout: a repetition rang');
    await honest.close();
  } finally {
    await machine.close();
  }
  return { figures: [figure('lines to a fanout server', count)], failures };
}

function oddLine(random: SeededRandom): string {
  const line = random.pick([`announce ${REPO} ${genuine(random.below(1_000) + 1, ANOTHER_KEY)}`, `announce ${REPO} x`, `subscribe ${REPO}`, 'announce all x', 'announce debug x', 'ping', 'info', `unsubscribe ${REPO}`, `announce ${REPO}`, 'announce', '', `${REPO}!x`, 'GET / HTTP/1.1']);
  return mutated(random, line).replace(/\n/g, '');
}
