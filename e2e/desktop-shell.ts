import { EventEmitter } from 'node:events';
import dbus, { type Message, type MessageBus, type Variant } from 'dbus-next';
import { TrayItem } from './tray-item.ts';
import { until } from './until.ts';

const BUS = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };
const WATCHER = 'org.kde.StatusNotifierWatcher';
const NOTIFICATIONS = 'org.freedesktop.Notifications';
const NOTIFICATIONS_PATH = '/org/freedesktop/Notifications';

export interface ShownNotification {
  readonly id: number;
  readonly summary: string;
  readonly body: string;
}

/**
 * The part of a desktop that a person would look at: a panel with a tray, and notifications. It is the real protocol on a
 * real bus, so what the app does with them is what it does on a desktop.
 */
export class DesktopShell {
  readonly notifications: ShownNotification[] = [];
  /** Those that the app took back. */
  readonly withdrawn: number[] = [];
  readonly #items: string[] = [];
  readonly #bus: MessageBus;
  readonly #changed = new EventEmitter();

  private constructor(bus: MessageBus) {
    this.#bus = bus;
    bus.addMethodHandler((message: Message) => this.#answer(message));
    bus.on('message', ({ member }) => member === 'LayoutUpdated' && this.#changed.emit('changed'));
  }

  /** Without a panel it shows notifications only, like a desktop that has no tray. */
  static async start(busAddress: string, options: { panel?: boolean } = {}): Promise<DesktopShell> {
    const shell = new DesktopShell(dbus.sessionBus({ busAddress }));
    await shell.#bus.requestName(NOTIFICATIONS, 0);
    await shell.#bus.call(new dbus.Message({ ...BUS, member: 'AddMatch', signature: 's', body: ["type='signal',interface='com.canonical.dbusmenu'"] }));
    if (options.panel !== false) await shell.startPanel();
    return shell;
  }

  /** The panel comes, as it does at login after the programs that start by themselves. */
  async startPanel(): Promise<void> {
    await this.#bus.requestName(WATCHER, 0);
  }

  /** The app's icon in the tray, once it is there. */
  async tray(): Promise<TrayItem> {
    await until(this.#changed, () => this.#items.length > 0, 'a tray icon');
    return new TrayItem(this.#bus, this.#items.at(-1) ?? '', this.#changed);
  }

  get trayIcons(): number {
    return this.#items.length;
  }

  /** The first notification whose body matches, now or to come. */
  async notification(body: RegExp): Promise<ShownNotification> {
    const find = () => this.notifications.find((shown) => body.test(shown.body));
    await until(this.#changed, () => find() !== undefined, `a notification like ${String(body)}`);
    return find() as ShownNotification;
  }

  async withdrawal({ id }: ShownNotification): Promise<void> {
    await until(this.#changed, () => this.withdrawn.includes(id), 'the notification taken back');
  }

  click({ id }: ShownNotification): void {
    this.#signal('ActionInvoked', 'us', [id, 'default']);
    this.#signal('NotificationClosed', 'uu', [id, 2]);
  }

  stop(): void {
    this.#bus.disconnect();
  }

  #answer(message: Message): boolean {
    const answers: Record<string, (() => [string, unknown[]]) | undefined> = {
      RegisterStatusNotifierItem: () => this.#register(message),
      RegisterStatusNotifierHost: () => ['', []],
      Get: () => ['v', [watcherProperty(String(message.body[1]))]],
      GetAll: () => ['a{sv}', [message.body[0] === WATCHER ? { IsStatusNotifierHostRegistered: watcherProperty('IsStatusNotifierHostRegistered') } : {}]],
      GetCapabilities: () => ['as', [['actions', 'body', 'persistence']]],
      GetServerInformation: () => ['ssss', ['test-desktop', 'lockstep', '1', '1.2']],
      Notify: () => this.#notify(message),
      CloseNotification: () => this.#close(Number(message.body[0])),
    };
    const answer = answers[message.member]?.();
    if (!answer) return false;
    this.#bus.send(dbus.Message.newMethodReturn(message, ...answer));
    this.#changed.emit('changed');
    return true;
  }

  #register({ sender, body }: Message): [string, unknown[]] {
    const given = String(body[0]);
    // Electron names its object's path; who called is then the service.
    this.#items.push(given.startsWith('/') ? sender + given : `${given}/StatusNotifierItem`);
    return ['', []];
  }

  #notify({ body }: Message): [string, unknown[]] {
    const [, replaced, , summary, text] = body as [string, number, string, string, string];
    const id = replaced || this.notifications.length + 1;
    this.notifications.push({ id, summary, body: text });
    return ['u', [id]];
  }

  #close(id: number): [string, unknown[]] {
    this.withdrawn.push(id);
    this.#signal('NotificationClosed', 'uu', [id, 3]);
    return ['', []];
  }

  #signal(name: string, signature: string, body: unknown[]): void {
    this.#bus.send(dbus.Message.newSignal(NOTIFICATIONS_PATH, NOTIFICATIONS, name, signature, body));
  }
}

const watcherProperty = (name: string): Variant => {
  if (name === 'ProtocolVersion') return new dbus.Variant('i', 0);
  return name === 'RegisteredStatusNotifierItems' ? new dbus.Variant('as', []) : new dbus.Variant('b', true);
};
