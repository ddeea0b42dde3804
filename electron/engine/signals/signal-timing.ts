import type { BackoffLimits } from '../backoff.ts';

/** All waiting times of the links in one place, so that a test can shorten them. */
export interface SignalTiming {
  readonly backoff: BackoffLimits;
  /** After this long a connection counts as good, and pauses start anew when it ends. */
  readonly steadyMs: number;
  /** A rejected password is not tried again sooner: accounts get locked that way. */
  readonly rejectedPauseMs: number;
  readonly connectLimitMs: number;
  /** How long an answer of the server may take before the connection counts as dead. */
  readonly answerLimitMs: number;
  /** Silence after which an XMPP server is pinged (XEP-0199). */
  readonly xmppSilenceMs: number;
  /** The same for fanout; SparkleShare's own figure. */
  readonly fanoutSilenceMs: number;
  /** The fanout server drops clients that say nothing for so long. */
  readonly fanoutIdleMs: number;
  /** At most one ring per folder in this time. */
  readonly ringGapMs: number;
}

export const SIGNAL_TIMING: SignalTiming = {
  backoff: { firstMs: 1_000, mostMs: 300_000 },
  steadyMs: 30_000,
  rejectedPauseMs: 300_000,
  connectLimitMs: 30_000,
  answerLimitMs: 20_000,
  xmppSilenceMs: 60_000,
  fanoutSilenceMs: 300_000,
  fanoutIdleMs: 1_200_000,
  ringGapMs: 2_000,
};
