import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { PRODUCT } from './machine.ts';
import { invoke } from './screens/bridge.ts';
import { MainScreen } from './screens/main-screen.ts';

/** Runs a script in the page, as somebody would who found a hole in it; gives what came of it, or the name of what was thrown. */
const run = (page: Page, script: string): Promise<unknown> => page.evaluate(`(async () => { try { return await (async () => { ${script} })(); } catch (error) { return 'refused: ' + error.name; } })()`);

test('a script in the page can go nowhere, open nothing, and has only the bridge', async ({ launch }) => {
  const app = await launch();
  const page = await app.mainWindow();
  await expect(new MainScreen(page).headline).toBeVisible();
  const opened = await app.electron.evaluate(({ shell }) => {
    const asked: string[] = [];
    shell.openExternal = async (url: string) => void asked.push(url);
    Object.assign(globalThis, { asked });
    return asked;
  });
  expect(opened).toEqual([]);
  const address = page.url();
  for (const target of ['https://example.invalid/', 'file:///etc/passwd', 'data:text/html,hi', 'javascript:document.title="x"', 'app://elsewhere/']) {
    await run(page, `location.href = ${JSON.stringify(target)}`);
    expect(await run(page, `return window.open(${JSON.stringify(target)}) === null`)).toBe(true);
  }
  expect(page.url()).toBe(address);
  expect(app.electron.windows()).toHaveLength(1);
  expect(await run(page, `return typeof require + typeof process + typeof module + Object.keys(lockstep)`)).toBe('undefinedundefinedundefinedinvoke,onState,pathOf');
  for (const url of ['https://example.invalid/', 'file:///etc/passwd', 'app://lockstep/../main.js', 'app://lockstep/%2e%2e/main.js']) {
    expect(await run(page, `const answer = await fetch(${JSON.stringify(url)}); return answer.ok`)).not.toBe(true);
  }
  for (const permission of ['notifications', 'geolocation', 'clipboard-read']) {
    expect(await run(page, `return (await navigator.permissions.query({ name: '${permission}' })).state`)).toBe('denied');
  }
  await run(page, `window.open('https://git-scm.com/doc'); window.open('https://git-scm.com.evil.invalid/'); window.open('http://git-scm.com/');`);
  expect(await app.electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).toEqual(['https://git-scm.com/doc']);
});

const INTRUSIONS = {
  'script-src-elem': `document.head.append(Object.assign(document.createElement('script'), { textContent: '1' }))`,
  'style-src-elem': `document.head.append(Object.assign(document.createElement('style'), { textContent: '* { color: red }' }))`,
  'img-src': `new Image().src = 'https://example.invalid/?stolen'`,
  'connect-src': `fetch('https://example.invalid/').catch(() => undefined)`,
  'frame-src': `document.body.append(Object.assign(document.createElement('iframe'), { src: '/index.html' }))`,
  'form-action': `const form = Object.assign(document.createElement('form'), { action: 'https://example.invalid/' }); document.body.append(form); form.submit()`,
};

test('the page’s policy keeps out what a hole in it could bring in', async ({ launch }) => {
  const app = await launch();
  const page = await app.mainWindow();
  await expect(new MainScreen(page).headline).toBeVisible();
  for (const [directive, intrusion] of Object.entries(INTRUSIONS)) {
    const seen = `new Promise((done) => addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true }))`;
    expect(await run(page, `const seen = ${seen}; ${intrusion}; return seen`)).toBe(directive);
  }
});

/** Every way of WebRTC to an address, and the hints by which a browser connects ahead; ends when all has been tried. */
const reachOut = (port: number) => `
  for (const rel of ['preconnect', 'dns-prefetch', 'prefetch']) document.head.append(Object.assign(document.createElement('link'), { rel, href: 'http://127.0.0.1:${port}/' }));
  const servers = ['stun:127.0.0.1:${port}', 'turn:127.0.0.1:${port}?transport=udp', 'turn:127.0.0.1:${port}?transport=tcp', 'turns:127.0.0.1:${port}?transport=tcp'];
  const [one, other] = [0, 1].map(() => new RTCPeerConnection({ iceServers: servers.map((urls) => ({ urls, username: 'u', credential: 'c' })) }));
  const gathered = (peer) => new Promise((done) => (peer.iceGatheringState === 'complete' ? done() : peer.addEventListener('icegatheringstatechange', () => peer.iceGatheringState === 'complete' && done())));
  one.createDataChannel('out');
  await one.setLocalDescription();
  await other.setRemoteDescription(one.localDescription);
  await other.setLocalDescription();
  await one.setRemoteDescription(other.localDescription);
  for (const [transport, extra] of [['udp', ''], ['tcp', ' tcptype passive']]) await one.addIceCandidate({ sdpMid: '0', candidate: 'candidate:1 1 ' + transport + ' 2122252543 127.0.0.1 ${port} typ host' + extra });
  await gathered(one);
  return one.iceGatheringState;`;

test('a script in the page reaches nobody by WebRTC or by connecting ahead', async ({ launch }) => {
  const heard: string[] = [];
  const datagrams = createSocket('udp4', () => heard.push('datagram'));
  const connections = createServer((socket) => (heard.push('connection'), socket.destroy()));
  await new Promise<void>((resolve) => connections.listen(0, '127.0.0.1', resolve));
  const { port } = connections.address() as AddressInfo;
  await new Promise<void>((resolve) => datagrams.bind(port, '127.0.0.1', resolve));
  const app = await launch();
  const page = await app.mainWindow();
  await expect(new MainScreen(page).headline).toBeVisible();
  expect(await run(page, reachOut(port))).toBe('complete');
  connections.close();
  datagrams.close();
  expect([...new Set(heard)]).toEqual([]);
});

test('only what the table lists is answered, and only as it lists it', async ({ machine, launch }) => {
  const app = await launch();
  const page = await app.mainWindow();
  for (const command of ['rm', 'state.watch', '__proto__', 'constructor', '', null, 7, ['state.get']]) {
    expect(await invoke(page, command, {})).toMatchObject({ ok: false, failure: { code: 'usage' } });
  }
  for (const [command, input] of [
    ['folder.remove', {}],
    ['folder.add', { path: 5 }],
    ['folder.add', null],
    ['shell.window', { action: 'explode' }],
    ['shell.open-folder', { path: '/etc' }],
    ['resolve', { conflict: 'x', keep: { text: 5 } }],
    ['history', { id: 'x', limit: 1e9 }],
  ] as const) {
    expect(await invoke(page, command, input)).toMatchObject({ ok: false, failure: { code: 'usage' } });
  }
  expect(await invoke(page, 'shell.open-folder', { id: 'nobody' })).toMatchObject({ ok: false, failure: { code: 'no-such-folder' } });
  expect(await invoke(page, 'folder.add', { path: machine.path('person') })).toMatchObject({ ok: false, failure: { code: 'not-a-repository' } });
  const other = await page.evaluate(() => Object.keys(globalThis).filter((name) => /electron|ipc|node/i.test(name)));
  expect(other).toEqual([]);
});

test('a page from elsewhere is not answered, even with the bridge in its hands', async ({ launch }) => {
  const app = await launch({ args: ['--hidden'] });
  const ask = (address: string) =>
    app.electron.evaluate(
      async ({ BrowserWindow }, { preload, url }) => {
        const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
        await window.loadURL(url);
        return window.webContents.executeJavaScript(`lockstep.invoke('signal.pair', {}).then(({ ok }) => ok, () => 'refused')`) as Promise<unknown>;
      },
      { preload: join(PRODUCT, 'out/preload/preload.cjs'), url: address },
    );
  for (const address of ['data:text/html,stranger', 'about:blank']) expect(await ask(address)).toBe('refused');
  expect(await ask('app://lockstep/index.html')).toBe(true);
});

test('every window is sandboxed and isolated', async ({ launch }) => {
  const app = await launch();
  await app.mainWindow();
  // Not in the type: what the browser process itself keeps for each page.
  const preferences = await app.electron.evaluate(({ webContents }) => webContents.getAllWebContents().map((contents) => (contents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences()));
  for (const preference of preferences) expect(preference).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
});
