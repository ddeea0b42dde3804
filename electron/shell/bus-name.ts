import { connect, type Socket } from 'node:net';

// Just enough of the D-Bus wire (D-Bus Specification, "Message Protocol") to ask who owns a name and to hear when that
// changes. A whole client library would be a hundred times this for one question.

const METHOD_RETURN = 2;
const SIGNAL = 4;
const MOST_WAITING_BYTES = 1_000_000;
const DAEMON = { path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus', destination: 'org.freedesktop.DBus' };

/**
 * Calls `changed` at once and whenever some program takes or gives up `name` on the session bus; false as well when
 * there is no bus. `env` names the bus. The returned function ends it.
 */
export function watchBusName(name: string, env: Readonly<Record<string, string | undefined>>, changed: (owned: boolean) => void): () => void {
  const path = busPath(env);
  if (path === null) {
    changed(false);
    return () => undefined;
  }
  const socket = connect(path);
  const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
  socket.on('connect', () => socket.write(`\0AUTH EXTERNAL ${uid}\r\n`));
  socket.on('error', () => socket.destroy());
  socket.on('close', () => changed(false));
  onMessages(socket, name, changed);
  return () => {
    socket.removeAllListeners('close');
    socket.destroy();
  };
}

function busPath(env: Readonly<Record<string, string | undefined>>): string | null {
  const address = env['DBUS_SESSION_BUS_ADDRESS'];
  if (!address) return env['XDG_RUNTIME_DIR'] ? `${env['XDG_RUNTIME_DIR']}/bus` : null;
  const [, kind, path] = /unix:(?:[^;]*,)?(path|abstract)=([^,;]+)/.exec(address) ?? [];
  if (path === undefined) return null;
  return `${kind === 'abstract' ? '\0' : ''}${decodeURIComponent(path)}`;
}

function onMessages(socket: Socket, name: string, changed: (owned: boolean) => void): void {
  let waiting = Buffer.alloc(0);
  let begun = false;
  socket.on('data', (data: Buffer) => {
    waiting = Buffer.concat([waiting, data]);
    if (waiting.length > MOST_WAITING_BYTES) return void socket.destroy();
    if (!begun) {
      if (!waiting.includes('\r\n')) return;
      if (!waiting.toString('latin1').startsWith('OK')) return void socket.destroy();
      begun = true;
      waiting = waiting.subarray(waiting.indexOf('\r\n') + 2);
      socket.write('BEGIN\r\n');
      const rule = `type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${name}'`;
      // The rule before the question, so that no change falls between the two.
      for (const [index, [member, argument]] of ([['Hello'], ['AddMatch', rule], ['NameHasOwner', name]] as const).entries()) socket.write(call(index + 1, member, argument));
    }
    for (let length = messageLength(waiting); length !== null && length <= waiting.length; length = messageLength(waiting)) {
      const owned = ownership(waiting.subarray(0, length), name);
      if (owned !== null) changed(owned);
      waiting = waiting.subarray(length);
    }
  });
}

const aligned = (offset: number, to: number): number => Math.ceil(offset / to) * to;
const bodyStart = (message: Buffer): number => aligned(16 + message.readUInt32LE(12), 8);
/** Null until the fixed header is there. The daemon answers in the byte order it was asked in: little endian. */
const messageLength = (waiting: Buffer): number | null => (waiting.length < 16 ? null : bodyStart(waiting) + waiting.readUInt32LE(4));

/** What a message says about the name; null when it is about something else. */
function ownership(message: Buffer, name: string): boolean | null {
  const body = message.subarray(bodyStart(message));
  // Of our three calls only NameHasOwner is answered by four bytes, a boolean.
  if (message[1] === METHOD_RETURN) return body.length === 4 ? body.readUInt32LE(0) === 1 : null;
  if (message[1] !== SIGNAL) return null;
  const [about, , newOwner] = strings(body);
  return about === name && newOwner !== undefined ? newOwner !== '' : null;
}

function strings(body: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at + 4 <= body.length; ) {
    const length = body.readUInt32LE(at);
    found.push(body.toString('utf8', at + 4, at + 4 + length));
    at = aligned(at + 4 + length + 1, 4);
  }
  return found;
}

/** A method call to the bus itself, with one string or nothing. */
function call(serial: number, member: string, argument?: string): Buffer {
  const signature = argument === undefined ? [] : [Buffer.from('\x08\x01g\0\x01s\0', 'latin1')];
  const known = [field(1, 'o', DAEMON.path), field(2, 's', DAEMON.interface), field(3, 's', member), field(6, 's', DAEMON.destination), ...signature];
  // Each field begins at a multiple of eight; what fills the gap to the body is not part of the list.
  const fields = known.reduce((list, next) => Buffer.concat([padded(list, 8), next]), Buffer.alloc(0));
  const body = argument === undefined ? Buffer.alloc(0) : text(argument);
  const head = Buffer.alloc(16);
  head.write('l\x01\x00\x01', 'latin1');
  head.writeUInt32LE(body.length, 4);
  head.writeUInt32LE(serial, 8);
  head.writeUInt32LE(fields.length, 12);
  return Buffer.concat([head, padded(fields, 8), body]);
}

const padded = (bytes: Buffer, to: number): Buffer => Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length, to) - bytes.length)]);
const field = (code: number, type: string, value: string): Buffer => Buffer.concat([Buffer.from([code, 1, type.charCodeAt(0), 0]), text(value)]);

function text(value: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(value));
  return Buffer.concat([length, Buffer.from(`${value}\0`)]);
}
