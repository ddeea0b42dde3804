import { homedir, hostname, platform } from 'node:os';
import type { Host } from '../ports.ts';

export const nodeHost = (env: Readonly<Record<string, string | undefined>>): Host => ({
  env,
  homeDirectory: env['HOME'] || homedir(),
  hostName: hostname(),
  platform: platform(),
  pid: process.pid,
  uid: process.getuid?.() ?? 0,
});
