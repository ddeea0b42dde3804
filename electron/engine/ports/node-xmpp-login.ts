import { randomBytes } from 'node:crypto';
import { ScramExchange, type ScramCredentials, type ScramHash } from '../signals/scram.ts';

/** The library's list of ways to log in, as far as it is used. */
export interface SaslFactory {
  _mechs: unknown[];
  use(name: string, mechanism: unknown): void;
}

const SCRAM: readonly (readonly [name: string, hash: ScramHash])[] = [
  ['SCRAM-SHA-256', 'sha256'],
  ['SCRAM-SHA-1', 'sha1'],
];

/** The server offers no way to log in that we take. */
export class RefusedMechanisms extends Error {}

/** Our own mechanisms instead of the library's. */
export function useOwnMechanisms(factory: SaslFactory): void {
  factory._mechs = [];
  for (const [name, hash] of SCRAM) factory.use(name, scramMechanism(name, hash));
  factory.use('PLAIN', PlainMechanism);
}

/** The strongest on offer; PLAIN, which shows the server the password, only if it may be. Throws `RefusedMechanisms`. */
export function chooseMechanism(offered: readonly string[], mayUsePlain: boolean): string {
  const chosen = SCRAM.map(([name]) => name).find((name) => offered.includes(name)) ?? (mayUsePlain ? offered.find((name) => name === 'PLAIN') : undefined);
  if (!chosen) throw new RefusedMechanisms(`the server offers no acceptable way to log in (${offered.join(' ')})`);
  return chosen;
}

/** In the form that the library's SASL factory takes. */
const scramMechanism = (name: string, hash: ScramHash) =>
  class extends ScramExchange {
    readonly name = name;
    readonly clientFirst = true;
    constructor() {
      super(hash, randomBytes(18).toString('base64url'));
    }
    override async response(credentials: ScramCredentials): Promise<string> {
      return binary(await super.response(credentials));
    }
  };

/** RFC 4616. */
class PlainMechanism {
  readonly name = 'PLAIN';
  readonly clientFirst = true;
  response({ username, password }: ScramCredentials): string {
    return binary(`\0${username}\0${password}`);
  }
  challenge(): void {
    // It has none.
  }
}

/** The library makes base64 with `btoa`, which takes one byte per character. */
const binary = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
