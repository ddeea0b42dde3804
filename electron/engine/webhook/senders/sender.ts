import type { ForgeKind } from '../../../../shared/mirror.ts';

export type Headers = Readonly<Record<string, string | undefined>>;

/** What a delivery is about, as far as it says. A hint and nothing more: it can cause a look, and no address in it is ever used. */
export interface HookHint {
  /** As in addresses; null: a greeting, or about something else than a repository. */
  readonly fullName: string | null;
  /** As that forge's client names it (`ForgeRepository.id`). */
  readonly id: string | null;
  /** Host of the forge, and port where it is not the usual one, to tell two of the same kind apart. */
  readonly host: string | null;
}

export interface Delivery {
  readonly headers: Headers;
  /** As it came: what was signed. */
  readonly body: Buffer;
}

export type SignatureVerdict = 'right' | 'wrong-signature' | 'no-signature';

/** One kind of forge, as it rings. */
export interface Sender {
  readonly forge: ForgeKind;
  /** Whether its headers are there. */
  readonly rings: (headers: Headers) => boolean;
  /** With any of these secrets; `nowMs` for those who sign the time, too. */
  readonly verify: (delivery: Delivery, secrets: readonly string[], nowMs: number) => SignatureVerdict;
  /** The same for every attempt at one delivery; null: it has none. */
  readonly deliveryId: (headers: Headers) => string | null;
  /** Null: not what this forge sends. */
  readonly hint: (content: unknown, headers: Headers) => HookHint | null;
}
