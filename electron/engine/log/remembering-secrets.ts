import type { SecretStore } from '../ports.ts';
import type { Redactor } from './redact.ts';

/** The same store; what passes through it is from then on known to the redactor by its value. */
export const rememberingSecrets = (store: SecretStore, redactor: Redactor): SecretStore => ({
  async get(name) {
    const value = await store.get(name);
    if (value !== null) redactor.learn(name, value);
    return value;
  },
  async set(name, value) {
    redactor.learn(name, value);
    await store.set(name, value);
  },
  remove: (name) => store.remove(name),
});
