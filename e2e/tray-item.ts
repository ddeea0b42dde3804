import { once, type EventEmitter } from 'node:events';
import dbus, { type Message, type MessageBus, type Variant } from 'dbus-next';
import { words } from './words.ts';

const ITEM = 'org.kde.StatusNotifierItem';
const MENU = 'com.canonical.dbusmenu';
const CLICKS = 3;
const LIMIT_MS = 20_000;

export interface MenuLine {
  readonly id: number;
  readonly depth: number;
  readonly label: string;
  readonly enabled: boolean;
  readonly separator: boolean;
}

type MenuNode = [id: number, properties: Record<string, Variant>, children: Variant<MenuNode>[]];

/** One icon in the tray, as the panel sees it: its tooltip, picture and menu, and the clicks in it. */
export class TrayItem {
  readonly #bus: MessageBus;
  readonly #service: string;
  readonly #path: string;
  readonly #changed: EventEmitter;

  /** `address`: bus name and object path in one, `:1.7/StatusNotifierItem`; `changed` tells when a menu was laid out anew. */
  constructor(bus: MessageBus, address: string, changed: EventEmitter) {
    this.#bus = bus;
    this.#changed = changed;
    this.#service = address.slice(0, address.indexOf('/'));
    this.#path = address.slice(address.indexOf('/'));
  }

  async tooltip(): Promise<string> {
    const [, , title] = (await this.#property('ToolTip')) as [string, unknown, string, string];
    return title;
  }

  /** The picture's shape: how opaque each pixel is. The colour of its ink differs from panel to panel. */
  async shape(): Promise<string> {
    const [[, , argb]] = (await this.#property('IconPixmap')) as [[number, number, Uint8Array]];
    return Buffer.from(argb.filter((_byte, at) => at % 4 === 0)).toString('base64');
  }

  async menu(): Promise<MenuLine[]> {
    const reply = await this.#call(await this.#menuPath(), MENU, 'GetLayout', 'iias', [0, -1, []]);
    const [, root] = reply.body as [number, MenuNode];
    return lines(root).slice(1);
  }

  async labels(): Promise<string[]> {
    return (await this.menu()).filter(({ separator }) => !separator).map(({ label }) => label);
  }

  /** Clicks the line with this label; in the submenu of the folder `within`, where several have it. */
  async click(label: string, within?: string): Promise<void> {
    for (let left = CLICKS; ; left -= 1) {
      const line = await this.#line(label, within);
      try {
        return void (await this.#call(await this.#menuPath(), MENU, 'Event', 'isvu', [line.id, 'clicked', new dbus.Variant('s', ''), 0]));
      } catch (error) {
        // The menu was replaced between looking and clicking: the line is another one now. A person would look again, too.
        if (left === 0 || (await this.menu()).some(({ id }) => id === line.id)) throw error;
      }
    }
  }

  /** Clicks the line that ends the app: it may be gone before it could answer the click. */
  async quit(label: string): Promise<void> {
    await this.click(label).catch((error: unknown) => error instanceof dbus.DBusError || Promise.reject(error as Error));
  }

  /** What a click on the icon itself does. */
  async activate(): Promise<void> {
    await this.#call(this.#path, ITEM, 'Activate', 'ii', [0, 0]);
  }

  /** The line, once it is there. */
  async #line(label: string, within: string | undefined): Promise<MenuLine> {
    const signal = AbortSignal.timeout(LIMIT_MS);
    const folder = words.t('shell.menu.folder', { folder: within, standing: '' });
    for (;;) {
      const changed = once(this.#changed, 'changed', { signal });
      const menu = await this.menu();
      const from = within === undefined ? -1 : menu.findIndex((line) => line.label.startsWith(folder));
      const line = menu.find((candidate, index) => index > from && candidate.label === label && (within === undefined ? candidate.depth === 1 : from >= 0));
      if (line) {
        changed.catch(() => undefined);
        return line;
      }
      await changed.catch(() => Promise.reject(new Error(`No “${label}” in the menu:\n${menu.map((candidate) => candidate.label).join('\n')}`)));
    }
  }

  async #menuPath(): Promise<string> {
    return String(await this.#property('Menu'));
  }

  async #property(name: string): Promise<unknown> {
    const { body } = await this.#call(this.#path, 'org.freedesktop.DBus.Properties', 'Get', 'ss', [ITEM, name]);
    return (body[0] as Variant<unknown>).value;
  }

  async #call(path: string, name: string, member: string, signature: string, body: unknown[]): Promise<Message> {
    const reply = await this.#bus.call(new dbus.Message({ destination: this.#service, path, interface: name, member, signature, body }));
    if (!reply) throw new Error(`${member} was not answered`);
    return reply;
  }
}

function lines([id, properties, children]: MenuNode, depth = 0): MenuLine[] {
  const value = (name: string): unknown => properties[name]?.value;
  // The protocol marks keys by `_`, and writes a real one twice.
  const label = ((value('label') as string | undefined) ?? '').replace(/_(_?)/g, '$1');
  const line = { id, depth, label, enabled: value('enabled') !== false, separator: value('type') === 'separator' };
  return [line, ...children.flatMap((child) => lines(child.value, depth + 1))];
}
