import { app, shell, type Session, type WebContents } from 'electron';

/** Pages that the window may hand to the browser. */
const OUTSIDE_HOSTS: readonly string[] = ['git-scm.com', 'www.mercurial-scm.org', 'xmpp.org'];

/**
 * What no page of ours may ever do, said once for every window there will be: go elsewhere, open windows, embed pages,
 * reach the network, or get a permission. Electron's security checklist, items 5, 12, 13, 14 and 15.
 */
export function secureAllWindows(): void {
  // For what goes past webRequest: names and connections looked up ahead, and WebRTC's own. No address is found, not even
  // one in figures. The engine's own network is Node's, not the browser's.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.on('web-contents-created', (_event, contents) => secureContents(contents));
  app.on('session-created', secureSession);
}

function secureContents(contents: WebContents): void {
  for (const leaving of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
    // The three events differ only in what else they tell.
    contents.on(leaving as 'will-navigate', (event) => event.preventDefault());
  }
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // WebRTC goes past webRequest: its datagrams need no address to be found.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

function secureSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((request, decide) => decide({ cancel: /^(?:https?|wss?|ftp|file|blob|filesystem):/i.test(request.url) }));
}

/** https to a host of the list, without a user or a port. */
function mayOpenOutside(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === 'https:' && OUTSIDE_HOSTS.includes(host) && username === '' && password === '';
}
