import type { ForgeKind } from '../../../shared/mirror.ts';
import type { Clock, ServedAnswer, ServedRequest } from '../ports.ts';
import { detectSender } from './senders/detect-sender.ts';
import { hookContent } from './senders/hook-content.ts';
import type { HookHint, SignatureVerdict } from './senders/sender.ts';

/** What was made of a delivery, as far as it can be told to a mirror. */
export interface Delivered extends HookHint {
  readonly forge: ForgeKind;
  readonly verdict: SignatureVerdict | 'repeated';
}

/** Deliveries whose numbers are remembered; GitHub offers to send one again for three days. */
const MOST_REMEMBERED = 10_000;
/** Anybody who reaches the port can send what is not signed: no more often is it told of. */
const TELL_UNSIGNED_EVERY_MS = 5_000;

interface DeliveriesOptions {
  readonly clock: Clock;
  /** The secret in use and the one before, which counts while senders are being told of the new one. */
  readonly secrets: () => Promise<readonly string[]>;
  /** Whether a mirror here is of this repository; one that is `right` is looked after soon, and not waited for. */
  readonly delivered: (delivery: Delivered) => boolean;
}

/** The bell that forges ring: `POST /hooks`. */
export class Deliveries {
  readonly #options: DeliveriesOptions;
  readonly #seen = new Set<string>();
  #nextTellMs = 0;

  constructor(options: DeliveriesOptions) {
    this.#options = options;
  }

  async answer({ method, headers, body }: ServedRequest): Promise<ServedAnswer> {
    if (method !== 'POST') return { status: 405, headers: { allow: 'POST' }, body: 'Forges post here.\n' };
    const sender = detectSender(headers);
    if (!sender) return { status: 400, body: 'No forge that is known here sends such headers.\n' };
    const content = hookContent({ headers, body });
    const hint = content === undefined ? null : sender.hint(content, headers);
    const verdict = sender.verify({ headers, body }, await this.#options.secrets(), this.#options.clock.now());
    const { forge } = sender;
    if (verdict !== 'right') {
      if (hint && this.#mayTellUnsigned()) this.#options.delivered({ ...hint, forge, verdict });
      return { status: 401, body: verdict === 'no-signature' ? 'It is not signed.\n' : 'Its signature is wrong.\n' };
    }
    if (!hint) return { status: 400, body: 'It could not be understood.\n' };
    return this.#take(`${forge} ${sender.deliveryId(headers) ?? ''}`, { ...hint, forge, verdict });
  }

  #take(number: string, delivery: Delivered): ServedAnswer {
    const taken: ServedAnswer = { status: 202, body: 'Taken.\n' };
    if (delivery.fullName === null) return taken;
    const isNumbered = !number.endsWith(' ');
    if (isNumbered && this.#seen.has(number)) {
      this.#options.delivered({ ...delivery, verdict: 'repeated' });
      return taken;
    }
    if (!this.#options.delivered(delivery)) return { status: 404, body: 'No mirror here is of that repository.\n' };
    if (isNumbered) this.#remember(number);
    return taken;
  }

  #remember(number: string): void {
    this.#seen.add(number);
    const [oldest] = this.#seen;
    if (this.#seen.size > MOST_REMEMBERED && oldest !== undefined) this.#seen.delete(oldest);
  }

  #mayTellUnsigned(): boolean {
    const nowMs = this.#options.clock.monotonic();
    if (nowMs < this.#nextTellMs) return false;
    this.#nextTellMs = nowMs + TELL_UNSIGNED_EVERY_MS;
    return true;
  }
}
