import type { Host } from '../../ports.ts';

/** What git and what it starts (ssh, credential helpers, the person's own filters) need of the host's environment. */
const ALLOWED =
  /^(?:HOME|PATH|USER|LOGNAME|SHELL|TMPDIR|TZ|XDG_[A-Z_]+|SSH_AUTH_SOCK|SSH_AGENT_PID|DBUS_SESSION_BUS_ADDRESS|KRB5CCNAME|DISPLAY|WAYLAND_DISPLAY|(?:https?|all|no)_proxy|(?:HTTPS?|ALL|NO)_PROXY|SSL_CERT_(?:FILE|DIR)|GIT_SSL_CAINFO|GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)|GIT_SSH_VARIANT|GIT_LFS_[A-Z_]+)$/;

/** Nothing may ask, page, edit or decide by a locale; every inherited GIT_ variable that is not allowed is gone. */
const FIXED: Readonly<Record<string, string>> = {
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '',
  SSH_ASKPASS: '',
  SSH_ASKPASS_REQUIRE: 'never',
  GIT_ALLOW_PROTOCOL: 'https:http:ssh:git:file',
  GIT_PROTOCOL_FROM_USER: '0',
  // Set but empty: configuration is then not looked at (git: connect.c, `git_use_proxy`).
  GIT_PROXY_COMMAND: '',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  // Objects that are only promised stay where they are: their address is nothing that anybody agreed to.
  GIT_NO_LAZY_FETCH: '1',
  GIT_PAGER: 'cat',
  GIT_EDITOR: ':',
  GIT_SEQUENCE_EDITOR: ':',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_MERGE_AUTOEDIT: 'no',
};

const DEFAULT_SSH = 'ssh -oBatchMode=yes -oConnectTimeout=15 -oServerAliveInterval=10 -oServerAliveCountMax=3';

export type ConfigPair = readonly [key: string, value: string];

/**
 * Configuration that every call gets on top of all files. Keys of the repository's own that would run something are
 * overridden one by one beside these (`git-config.ts`).
 */
const PINNED: readonly ConfigPair[] = [
  ['core.fsmonitor', 'false'],
  ['core.askPass', ''],
  ['core.alternateRefsCommand', ':'],
  ['core.splitIndex', 'false'],
  ['core.quotePath', 'false'],
  ['core.fsync', 'committed,reference'],
  ['core.protectNTFS', 'true'],
  ['core.protectHFS', 'true'],
  ['core.pager', 'cat'],
  ['diff.external', ''],
  ['diff.ignoreSubmodules', 'dirty'],
  ['commit.gpgSign', 'false'],
  ['push.gpgSign', 'false'],
  ['log.showSignature', 'false'],
  ['i18n.commitEncoding', 'UTF-8'],
  ['i18n.logOutputEncoding', 'UTF-8'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['push.recurseSubmodules', 'no'],
  ['push.followTags', 'false'],
  ['fetch.writeCommitGraph', 'false'],
  ['safe.bareRepository', 'explicit'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  // Our own limits on silence hold for every kind of address, and let a slow line be slow.
  ['http.lowSpeedLimit', '0'],
  ['http.followRedirects', 'initial'],
  ['transfer.fsckObjects', 'true'],
  // This one would count before the one above.
  ['fetch.fsckObjects', 'true'],
  // Neither the server nor the repository may name other places to get objects from.
  ['transfer.bundleURI', 'false'],
  ['fetch.bundleURI', ''],
  ['fetch.uriProtocols', ''],
  // Found in old, honest histories; harmless.
  ['fetch.fsck.badTimezone', 'ignore'],
  ['fetch.fsck.missingSpaceBeforeDate', 'ignore'],
  ['fetch.fsck.zeroPaddedFilemode', 'ignore'],
  ['status.showUntrackedFiles', 'all'],
  ['advice.detachedHead', 'false'],
];

/** With no hooks directory, no hook runs; `/dev/null` can hold none. */
const NO_HOOKS: ConfigPair = ['core.hooksPath', '/dev/null'];

/** The whole environment of a call of git (notes of the hardening: every line of it has stopped an attack in a test). */
export function gitEnvironment(host: Host, own: { readonly sshCommand: string | null; readonly overrides: readonly ConfigPair[]; readonly trusted: boolean }): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(host.env)) if (value !== undefined && ALLOWED.test(name)) env[name] = value;
  const config = [...PINNED, ...(own.trusted ? [] : [NO_HOOKS]), ...own.overrides];
  config.forEach(([key, value], index) => {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  const { GIT_NO_LAZY_FETCH: _lazily, ...trusting } = FIXED;
  return {
    HOME: host.homeDirectory,
    ...env,
    ...(own.trusted ? trusting : FIXED),
    GIT_SSH_COMMAND: host.env['GIT_SSH_COMMAND'] ?? own.sshCommand ?? DEFAULT_SSH,
    GIT_CONFIG_COUNT: String(config.length),
  };
}
