import type { Http } from '../ports.ts';

/** For machines that have no forge: whatever is asked cannot be reached. */
export const noHttp: Http = {
  fetch: async (address) => {
    throw Object.assign(new Error(`nobody answers at ${address}`), { code: 'ECONNREFUSED' });
  },
  close: async () => undefined,
};
