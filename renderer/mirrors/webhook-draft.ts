import type { WebhookStatus } from '../../shared/mirror.ts';

/** Only this machine reaches it: what is passed on to it comes from a proxy that the person set up. */
export const USUAL_LISTEN = '127.0.0.1:9419';

/** `127.0.0.1:9419` of `http://127.0.0.1:9419/hooks`. */
export const listenOf = ({ url }: Pick<WebhookStatus, 'url'>): string => (url !== null && URL.canParse(url) ? new URL(url).host : USUAL_LISTEN);

export const isListen = (typed: string): boolean => /^(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):\d{1,5}$/.test(typed.trim()) && Number(typed.trim().split(':').at(-1)) <= 65_535;

/** Forges call web addresses only. Empty: there is none. */
export const isPublicUrl = (typed: string): boolean => typed.trim() === '' || (URL.canParse(typed.trim()) && /^https?:\/\//.test(typed.trim()));
