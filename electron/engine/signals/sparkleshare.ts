import { commitId } from './doorbell.ts';

/** How many announcements of a channel are remembered; SparkleShare's own number (`BaseListener.cs`). */
const REMEMBERED = 10;

/**
 * The channel of a `.sparkleshare` file: 64 hex digits, 40 in version 1. Null for anything else: the file comes with the
 * repository, and what stands in it would become part of a line we send.
 */
export function sparkleshareChannel(fileContent: string | null): string | null {
  const id = fileContent?.trim() ?? '';
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(id) ? id : null;
}

/** The tip a SparkleShare peer announced; null when it is none. */
export const sparkleshareTip = (message: string): string | null => commitId.safeParse(message.trim()).data ?? null;

/** Recognises what was just announced on a channel: the server sends our own announcements back, and a peer may repeat itself. */
export class RecentTips {
  readonly #recent = new Map<string, string[]>();

  /** Remembers it; false when it is among the last ten of that channel already. */
  note(channel: string, tip: string): boolean {
    const tips = this.#recent.get(channel) ?? [];
    if (tips.includes(tip)) return false;
    this.#recent.set(channel, [...tips, tip].slice(-REMEMBERED));
    return true;
  }
}
