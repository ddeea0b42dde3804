import { createHash } from 'node:crypto';
import { pairCode } from '../../../../electron/engine/signals/pair-code.ts';
import type { Canary, Place } from './canary.ts';

const marked = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 20);
const canary = (name: string, meant: readonly Place[] = [], value = `cnry+/%${marked(name)}`): Canary => ({ name, value, meant });
/** As GitHub makes them: the check of what is to be committed knows it. */
const token = (name: string): string => `ghp_${marked(name)}${marked(`${name} again`).slice(0, 16)}`;

/** What a person keeps to themselves, one for every field it can come in by. */
export const CANARIES = {
  cloned: canary('password in an address to clone from', ['secret store']),
  configured: canary('password in an address that was there', ['configuration of a repository']),
  tokenAsUser: canary('token in the place of a name', ['configuration of a repository'], `tok-${marked('token as user')}`),
  ssh: canary('password in an ssh address to clone from', [], `ssh-${marked('ssh')}`),
  sshConfigured: canary('password in an ssh address that was there', ['configuration of a repository'], `ssh-${marked('ssh configured')}`),
  refusedKind: canary('password in an address of a refused kind', [], `kind-${marked('kind')}`),
  refusedClear: canary('password in an address without encryption', [], `clear-${marked('clear')}`),
  unreachable: canary('password for a server that does not answer', [], `away-${marked('away')}`),
  wrong: canary('password that the server refuses', [], `wrong-${marked('wrong')}`),
  query: canary('token in the query of an address', [], `query-${marked('query')}`),
  address: canary('password in a new address for a folder', [], `address-${marked('address')}`),
  xmpp: canary('XMPP password', ['secret store']),
  xmppUsage: canary('XMPP password with a wrong account'),
  xmppService: canary('password in the address of the XMPP server', [], `service-${marked('service')}`),
  imported: canary('XMPP password in an imported configuration', ['secret store'], `imported-${marked('imported')}`),
  importedList: canary('password in an imported list of projects', [], `list-${marked('list')}`),
  pairing: canary('pairing code', ['secret store', 'answers'], pairCode(Buffer.from(marked('pairing').slice(0, 16)))),
  wrongCode: canary('pairing code with a slip', [], `${pairCode(Buffer.from(marked('wrong code').slice(0, 16))).slice(0, -1)}?`),
  fanout: canary('password in the address of a fanout server', [], `fanout-${marked('fanout')}`),
  broken: canary('password in a request that breaks off'),
  helper: canary('password in the person’s own credential helper', [], `helper-${marked('helper')}`),
  header: canary('token in http.extraHeader', [], `header-${marked('header')}`),
  rewritten: canary('password that the person’s own configuration puts into addresses'),
  proxy: canary('password of a proxy in the person’s configuration', [], `proxy-${marked('proxy')}`),
  proxyVariable: canary('password of the proxy in the environment', ['environment'], `variable-${marked('variable')}`),
  variable: canary('token in the environment of the program', [], token('variable')),
  parameters: canary('secret in GIT_CONFIG_PARAMETERS', [], `parameters-${marked('parameters')}`),
  askpass: canary('answer of the person’s askpass'),
  echoed: canary('token that a server repeats', [], token('echoed')),
  held: canary('token in a file that is held back', [], token('held')),
  letThrough: canary('token in a file that is let through', ['objects'], token('let through')),
  content: canary('content of a file', ['objects']),
  message: canary('message of a commit', ['objects', 'status', 'window', 'answers']),
  draft: canary('message that is being typed', ['window', 'answers']),
  resolution: canary('text that resolves a conflict', ['objects']),
} as const satisfies Record<string, Canary>;
