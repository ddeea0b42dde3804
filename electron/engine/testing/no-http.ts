import type { Http } from '../ports.ts';

/** For machines that have no forge: whatever is asked cannot be reached. */
export const noHttp: Http = {
  fetch: async (address) => {
    throw Object.assign(new Error(`nobody answers at ${address}`), { code: 'ECONNREFUSED' });
  },
  serve: async ({ host, port }) => {
    throw Object.assign(new Error(`nobody listens at ${host}:${port}`), { code: 'EADDRNOTAVAIL' });
  },
  close: async () => undefined,
};
