import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { AppState } from '../../../shared/app-state.ts';
import type { CommandArguments, EngineCommand } from '../../../shared/commands.ts';
import { answer, answers, isStream, type DispatchContext } from '../../../electron/control/dispatch.ts';
import type { Engine } from '../../../electron/engine/engine-face.ts';
import { createText } from '../../../shared/text/text.ts';
import { MemoryLog } from '../../../electron/engine/testing/memory-log.ts';

/** What the commands of the table can be asked about. */
export interface Subject {
  readonly state: () => AppState;
  /** Id of the folder, and a place of the trial's own for files that commands read and write. */
  readonly folder: string;
  readonly directory: string;
  readonly hub: string;
}

type Inputs = { readonly [C in EngineCommand]: (subject: Subject) => readonly CommandArguments<C>[] };

const ofFolder = ({ folder }: Subject): readonly { id: string }[] => [{ id: folder }];
const head = ({ state, folder }: Subject): string => state().folders.find(({ id }) => id === folder)?.head ?? 'HEAD';
const conflict = ({ state }: Subject): string => state().folders.flatMap(({ conflicts }) => conflicts)[0]?.id ?? 'none';

/** Sensible inputs for every command there is: one without an entry does not compile. In an order in which they leave each other something to do. */
const INPUTS: Inputs = {
  'state.get': () => [{}],
  'state.watch': () => [{}],
  'folder.list': () => [{}],
  history: ({ folder }) => [{ id: folder }, { id: folder, path: 'a.txt', limit: 5 }, { id: folder, before: 'HEAD' }],
  show: (subject) => [{ id: subject.folder, commit: head(subject), path: 'a.txt' }],
  conflicts: ofFolder,
  'conflict.compare': (subject) => [{ conflict: conflict(subject) }],
  held: ofFolder,
  rescue: ofFolder,
  activity: ofFolder,
  'activity.follow': ofFolder,
  sync: ({ folder }) => [{ id: folder, timeoutS: 20 }],
  'folder.set': ({ folder }) => [{ id: folder, name: 'other', remote: 'origin', options: { ignore: ['*.tmp'], message: 'popup', popupTimeout: 1 } }],
  'message.typing': ofFolder,
  'message.postpone': ofFolder,
  'message.submit': ({ folder }) => [{ id: folder, message: 'words' }],
  restore: (subject) => [{ id: subject.folder, commit: `${head(subject)}~1`, path: 'a.txt', to: 'restored.txt' }],
  resolve: (subject) => [{ conflict: conflict(subject), keep: { text: 'resolved\n' } }],
  'rescue.restore': ({ folder, directory }) => [{ id: folder, name: '20260101T000000Z-1', to: directory }],
  'folder.approve': ofFolder,
  'folder.bring-back': ofFolder,
  'folder.take-out': ofFolder,
  'folder.cancel-add': ({ directory }) => [{ path: join(directory, 'nowhere') }],
  'folder.locate': ({ folder, directory }) => [{ id: folder, path: join(directory, 'nowhere') }],
  'folder.address': ({ folder, hub }) => [{ id: folder, url: hub }],
  'folder.pause': ofFolder,
  'folder.resume': ofFolder,
  'folder.add': ({ hub, directory }) => [{ path: join(directory, 'cloned'), clone: hub, paused: false }],
  'signal.fanout': () => [{ serve: '127.0.0.1:0' }],
  'signal.xmpp': () => [{ jid: 'me@host.invalid', password: 'secret', service: 'xmpp://127.0.0.1:1' }],
  'signal.pair': () => [{}],
  'signal.join': () => [{ code: 'no code' }],
  'signal.status': () => [{}],
  'signal.off': () => [{ which: 'fanout' }, { which: 'xmpp' }],
  'account.list': () => [{}],
  'account.add': () => [{ name: 'forge', forge: 'gitea', api: 'http://127.0.0.1:1', token: 'token' }],
  'account.check': () => [{ name: 'forge' }],
  'account.repositories': () => [{ name: 'forge', owner: 'me' }],
  'account.remove': () => [{ name: 'forge' }],
  'mirror.add': ({ hub, directory }) => [{ name: 'mirror', source: { url: hub }, target: { directory: join(directory, 'mirrors') }, options: { how: 'none' } }],
  'mirror.list': () => [{}],
  'mirror.preview': () => [{ id: 'mirror' }],
  'mirror.run': () => [{ id: 'mirror' }],
  'mirror.check': () => [{ id: 'mirror' }],
  'mirror.approve': () => [{ id: 'mirror', repo: '*' }],
  'mirror.repository': ({ hub }) => [{ id: 'mirror', repo: basename(hub, '.git') }],
  'mirror.backups': ({ hub }) => [{ id: 'mirror', repo: basename(hub, '.git') }],
  'mirror.restore': ({ hub }) => [{ id: 'mirror', repo: basename(hub, '.git'), ref: 'main', as: 'again' }],
  'mirror.set': () => [{ id: 'mirror', options: { every: 600 } }],
  'mirror.remove': () => [{ id: 'mirror' }],
  'webhook.listen': () => [{ listen: '127.0.0.1:0' }],
  'webhook.status': () => [{}],
  'webhook.off': () => [{}],
  'settings.set': () => [{ theme: 'dark' }],
  doctor: ({ directory }) => [{ bundle: join(directory, 'bundle.json') }],
  import: ({ directory }) => [{ file: importable(directory) }],
  'folder.remove': () => [{ id: 'cloned' }],
  stop: () => [{}],
};

function importable(directory: string): string {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'autosync'), `[autosync]\npath = ${join(directory, 'nowhere')}\n`);
  return join(directory, 'autosync');
}

/** Every command with what an honest caller gives it, as things are now. */
export const honestQuestions = (subject: Subject): { readonly command: EngineCommand; readonly input: Readonly<Record<string, unknown>> }[] =>
  (Object.keys(INPUTS) as EngineCommand[]).flatMap((command) => INPUTS[command](subject).map((input) => ({ command, input })));

/** Asks for everything that can be asked, as window and command line do. Gives how many questions that were, and the answers that nobody should get. */
export async function everyAction(engine: Engine, about: Omit<Subject, 'state'>, ending: AbortSignal): Promise<{ asked: number; surprises: string[] }> {
  const surprises: string[] = [];
  const context: DispatchContext = { handlers: engine.handlers, text: createText(), log: new MemoryLog() };
  const subject = { ...about, state: () => engine.store.get() };
  let asked = 0;
  for (const command of Object.keys(INPUTS) as EngineCommand[]) {
    for (const input of INPUTS[command](subject)) {
      asked += 1;
      const failure = await ask(context, command, input, ending);
      if (failure === 'internal' || failure === 'usage') surprises.push(`${command} ${JSON.stringify(input)}: ${failure}`);
    }
  }
  return { asked, surprises };
}

async function ask(context: DispatchContext, command: EngineCommand, input: unknown, ending: AbortSignal): Promise<string | null> {
  if (!isStream(command)) {
    const given = await answer(context, command, input, ending);
    return 'failure' in given ? given.failure.code : null;
  }
  const enough = AbortSignal.any([ending, AbortSignal.timeout(20)]);
  for await (const given of answers(context, command, input, enough)) return 'failure' in given ? given.failure.code : null;
  return null;
}
