import type { Mirror, MirrorSettings } from '../../../shared/mirror.ts';
import { nowIso, type EngineCore } from '../engine-core.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { LockstepError } from '../errors.ts';
import type { MirrorRunner } from '../mirror/mirror-runner.ts';
import type { MirrorSet } from '../mirror/mirror-set.ts';
import { planMirror } from '../mirror/plan-mirror.ts';
import { forgetSecret, keepSecret } from '../vcs/git/git-credentials.ts';
import { agreeable } from './agreed-address.ts';
import { refuseOverlap, wantedPath } from './folder-place.ts';
import { freeId } from './free-id.ts';

type MirrorHandlers = Pick<
  EngineHandlers,
  'mirror.add' | 'mirror.list' | 'mirror.preview' | 'mirror.run' | 'mirror.check' | 'mirror.approve' | 'mirror.repository' | 'mirror.backups' | 'mirror.restore' | 'mirror.set' | 'mirror.remove'
>;

export function mirrorCommands(core: EngineCore, mirrors: MirrorSet): MirrorHandlers {
  const { ports } = core.options;
  const runnerOf = (id: string): MirrorRunner => mirrors.runner(mirrorSettings(core, id).id);
  const wanted = (id: string | undefined): MirrorRunner[] => (id === undefined ? mirrors.all() : [runnerOf(id)]);
  const told = (runners: readonly MirrorRunner[]): Mirror[] => runners.map((runner) => mirrors.mirror(runner));
  const changed = (id: string, edit: (mirror: MirrorSettings) => MirrorSettings): Promise<void> =>
    core.change((settings) => ({ ...settings, mirrors: settings.mirrors.map((mirror) => (mirror.id === id ? edit(mirror) : mirror)) }));

  return {
    'mirror.add': async (input) => {
      const planned = planMirror(input, core.settings(), agreeable, (path) => folderFor(core, path));
      const id = freeId(planned.settings.name, core.settings().mirrors.map((mirror) => mirror.id), 'mirror');
      const settings: MirrorSettings = { ...planned.settings, id, addedAt: nowIso(core) };
      for (const address of planned.addresses) await keepSecret(ports, address);
      await core.change((before) => ({ ...before, mirrors: [...before.mirrors, settings] }));
      await mirrors.add(settings);
      core.record(null, { what: 'mirror-added', why: 'asked', params: { mirror: settings.name } });
      return mirrors.mirror(mirrors.runner(id));
    },
    'mirror.list': async ({ id }) => told(wanted(id)),
    'mirror.preview': ({ id }, signal) => runnerOf(id).preview(signal),
    'mirror.run': async ({ id, repo }, signal) => {
      const runners = wanted(id);
      const all = Promise.all(runners.map((runner) => (repo === undefined ? runner.run('asked') : runner.runOne(repo, 'asked'))));
      await unlessLeft(all, signal);
      return told(runners);
    },
    'mirror.check': async ({ id, repo }, signal) => {
      const runners = wanted(id);
      await unlessLeft(Promise.all(runners.map((runner) => runner.check(repo))), signal);
      return told(runners);
    },
    'mirror.approve': async ({ id, repo, rename }, signal) => {
      const runner = runnerOf(id);
      await unlessLeft(runner.approve(repo, rename), signal);
      return mirrors.mirror(runner);
    },
    'mirror.repository': ({ id, repo }, signal) => runnerOf(id).detail(repo, signal),
    'mirror.backups': ({ id, repo }) => runnerOf(id).backups(repo),
    'mirror.restore': ({ id, repo, ref, as }) => runnerOf(id).restore(repo, ref, as),
    'mirror.set': async ({ id, name, options }) => {
      const before = mirrorSettings(core, id);
      await changed(before.id, (mirror) => ({ ...mirror, name: name ?? mirror.name, options: { ...mirror.options, ...options } }));
      mirrors.changed(mirrorSettings(core, before.id));
      return mirrors.mirror(mirrors.runner(before.id));
    },
    'mirror.remove': async ({ id }) => {
      const { id: exact, name, source, target } = mirrorSettings(core, id);
      await core.change((settings) => ({ ...settings, mirrors: settings.mirrors.filter((mirror) => mirror.id !== exact) }));
      const kept = await mirrors.drop(exact);
      if (source.kind !== 'owner') await forgetSecret(ports, source.url);
      if (target.kind === 'remote') await forgetSecret(ports, target.url);
      core.record(null, { what: 'mirror-removed', why: 'asked', params: { mirror: name } });
      return { kept };
    },
  };
}

/** By id or name, as a person may write it. Throws `no-such-mirror`. */
function mirrorSettings(core: EngineCore, wanted: string): MirrorSettings {
  const { mirrors } = core.settings();
  const exact = mirrors.find(({ id }) => id === wanted);
  if (exact) return exact;
  const [only, second] = mirrors.filter(({ name }) => name === wanted);
  if (!only || second) throw new LockstepError('no-such-mirror', { mirror: wanted });
  return only;
}

/** Copies in a watched folder would be committed; a watched folder among copies would be taken for one. */
function folderFor(core: EngineCore, path: string): string {
  const wanted = wantedPath(core, path);
  refuseOverlap(core, wanted);
  const { home } = core.options;
  const own = [home.directory, home.stateDirectory].some((place) => wanted === place || wanted.startsWith(`${place}/`));
  if (own || wanted === '/') throw new LockstepError('usage', { detail: `${wanted} is not a folder for copies; choose one of your own.` });
  return wanted;
}

/** Who asked may leave; the work goes on. */
async function unlessLeft(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const left = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new LockstepError('cancelled')), { once: true }));
  // Nobody may listen any more when it ends.
  work.catch(() => undefined);
  await Promise.race([work, left]);
}
