import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A self-signed certificate for `localhost` and its key, in files of that directory. */
export async function makeCertificate(directory: string): Promise<{ certFile: string; keyFile: string }> {
  const [certFile, keyFile] = [join(directory, 'localhost.crt'), join(directory, 'localhost.key')];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', keyFile, '-out', certFile],
  ]);
  return { certFile, keyFile };
}
