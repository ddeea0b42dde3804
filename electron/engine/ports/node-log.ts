import { pino } from 'pino';
import type { Redactor } from '../log/redact.ts';
import type { Log } from '../ports.ts';
import { RotatingFile } from './rotating-file.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** NDJSON lines, without secrets, to a file that only its owner may read. `level` of another name means `info`. */
export function nodeLog(file: string, redactor: Redactor, level = 'info'): Log {
  const logger = pino(
    {
      level: LEVELS.find((known) => known === level) ?? 'info',
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    new RotatingFile(file),
  );
  const at =
    (name: (typeof LEVELS)[number]) =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      if (logger.isLevelEnabled(name)) logger[name](redactor.fields(fields), redactor.text(message));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
