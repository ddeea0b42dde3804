import { FAILURE_CODES } from '../../../../shared/failure.ts';
import { sized, type Run } from '../../part.ts';
import { SeededRandom } from '../../random.ts';
import { BareClient, type BareReply } from '../bare-client.ts';
import { figure, type Found } from '../trial.ts';
import { CRAFTED } from './crafted.ts';
import { Messages } from './messages.ts';
import { Nonsense } from './nonsense.ts';
import type { FuzzedProgram } from './fuzzed-program.ts';

const MESSAGES = 100_000;
/** As many at once as one window never has. */
const AT_ONCE = 64;
const ANSWER_LIMIT_MS = 60_000;
const CONNECTIONS = 1_000;
/** Beyond what waits to be taken, the system refuses by itself (listen(2)). */
const CONNECTING = 100;
/** More than this after so many messages, and something is kept of each. */
const MOST_GROWN_BYTES = 200 * 1024 * 1024;
/** The caps of each connection leave room for a hundred times as much. */
const MOST_FOR_A_CROWD_BYTES = 600 * 1024 * 1024;
const TORN_ONE_IN = 10;

/** The control socket is told anything by anybody who can reach it. */
export async function socketFuzz(program: FuzzedProgram, run: Run): Promise<Found> {
  const failures: string[] = [];
  const told = (what: string): void => void (failures.length < 50 && failures.push(`control socket: ${what}`));
  for (const [name, bytes] of CRAFTED) await crafted(program, bytes, (what) => told(`${name}: ${what}`));
  const messages = sized(MESSAGES, run);
  const answered = await random(program, run, messages, told);
  const grown = program.grownBytes;
  if (grown > MOST_GROWN_BYTES) told(`it has grown by ${megabytes(grown)}`);
  const connections = Math.min(CONNECTIONS, sized(CONNECTIONS, run));
  await crowd(program, connections, told);
  return { figures: [figure('messages to the control socket', CRAFTED.length + messages), figure('of them answered with a value', answered), figure('connections at once', connections)], failures };
}

/** Whatever comes of it, others are answered. */
async function crafted({ socket }: FuzzedProgram, bytes: string | Buffer, told: (what: string) => void): Promise<void> {
  const rude = await BareClient.connect(socket);
  rude.send(bytes);
  const other = await BareClient.connect(socket);
  const wrong = await wrongIn(other.ask('signal.status', {}));
  if (wrong !== null) told(`another client is told ${wrong}`);
  await Promise.all([rude.close(), other.close()]);
}

async function random(program: FuzzedProgram, run: Run, count: number, told: (what: string) => void): Promise<number> {
  const numbers = new SeededRandom(run.seed);
  const nonsense = new Nonsense(numbers, program.aims);
  let messages = new Messages(numbers, nonsense, program.subject);
  let client = await BareClient.connect(program.socket);
  let values = 0;
  for (let sent = 0; sent < count && program.isUp; sent += AT_ONCE) {
    const asked = Array.from({ length: Math.min(AT_ONCE, count - sent) }, async (): Promise<void> => {
      if (numbers.below(TORN_ONE_IN) === 0) return torn(program, messages.torn(), told);
      const { command, input } = messages.next();
      const reply = client.ask(command, input);
      const wrong = await wrongIn(reply);
      if (wrong !== null) told(`${JSON.stringify({ command, input }).slice(0, 300)}: ${wrong}`);
      else if ((await reply)?.value !== undefined) values += 1;
    });
    await Promise.all(asked);
    if (client.isClosed) client = await BareClient.connect(program.socket);
    if (sent % 6_400 === 0) {
      messages = new Messages(numbers, nonsense, program.subject);
      run.say(`${sent} messages to the control socket, grown by ${megabytes(program.grownBytes)}`);
    }
  }
  await client.close();
  return values;
}

/** On a connection of its own: it may be closed for it, and others are not. */
async function torn({ socket }: FuzzedProgram, bytes: Buffer, told: (what: string) => void): Promise<void> {
  const client = await BareClient.connect(socket);
  client.send(bytes);
  const reply = await within(client.ask('signal.status', {}));
  if (reply === 'late') told(`${JSON.stringify(bytes.toString('latin1')).slice(0, 300)}: no answer, and not closed`);
  await client.close();
}

/** Null: as the table promises. */
async function wrongIn(asked: Promise<BareReply | null>): Promise<string | null> {
  const reply = await within(asked);
  if (reply === 'late') return 'no answer';
  if (reply === null) return 'the connection was closed';
  if (!reply.failure) return null;
  const { code, message } = reply.failure;
  if (code === 'internal' || !(FAILURE_CODES as readonly string[]).includes(code)) return `${code}: ${message}`;
  return message.trim() === '' ? `${code} without words` : null;
}

function within(asked: Promise<BareReply | null>): Promise<BareReply | null | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), ANSWER_LIMIT_MS)));
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

/** Many connections, some with half a line as long as it may be, some that ask much and read nothing. */
async function crowd(program: FuzzedProgram, count: number, told: (what: string) => void): Promise<void> {
  const open: BareClient[] = [];
  while (open.length < count) open.push(...(await Promise.all(Array.from({ length: Math.min(CONNECTING, count - open.length) }, () => BareClient.connect(program.socket)))));
  open.forEach((client, index) => {
    if (index % 50 === 0) client.send('x'.repeat(15 * 1024 * 1024));
    else if (index % 10 === 0) {
      client.stopReading();
      for (let id = 1; id <= 250; id += 1) client.send(`{"id":${id},"command":"state.get","input":{}}\n`);
    } else client.send('{"id":1,');
  });
  const before = program.grownBytes;
  const another = await BareClient.connect(program.socket);
  const wrong = await wrongIn(another.ask('state.get', {}));
  if (wrong !== null) told(`among ${count} connections: ${wrong}`);
  const most = Math.max(before, program.grownBytes);
  if (most > MOST_FOR_A_CROWD_BYTES) told(`${count} connections cost ${megabytes(most)}`);
  await Promise.all([another, ...open].map((client) => client.close()));
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
