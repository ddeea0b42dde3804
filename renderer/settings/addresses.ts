/** `me@example.org`, perhaps with a resource; a first look only, the server has the last word. */
export const isJid = (typed: string): boolean => /^[^\s@/"&'<>]+@[^\s@/]+(\/\S+)?$/.test(typed);

/** `tcp://HOST` or `tcp://HOST:PORT`. */
export const isFanoutUrl = (typed: string): boolean => /^tcp:\/\/(\[[0-9a-f:]+\]|[^\s:/@]+)(:\d{1,5})?$/i.test(typed);

/** `HOST:PORT`; the host may be left out where every address is meant. */
export const isListenAddress = (typed: string): boolean => /^(\[[0-9a-f:]+\]|[^\s:/@]*):\d{1,5}$/i.test(typed);
