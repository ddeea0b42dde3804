import { z } from 'zod';
import { failureSchema } from './failure.ts';

/** How a question is answered. A failure is a value, for an exception would lose its code on the way. */
export const replySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure: failureSchema }),
]);
export type Reply = z.infer<typeof replySchema>;
