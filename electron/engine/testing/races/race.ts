import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Draw } from '../planner/draw.ts';
import { nowUs, WAYS_TO_SAVE, type Editor, type Save, type Saved, type WayToSave } from './editor.ts';
import type { RaceRepository } from './race-repository.ts';
import type { Onlooker, TakeIn } from './take-in.ts';

/** Signals: go, then late, then one for each path. */
const LATE = 1;
const FIRST_PATH = 2;
/** Saves of a round that come together. One that comes before the look holds up the whole round. */
const TOGETHER = 8;
/** After the signal of its path: about as long as it takes to exchange one file. */
const CLOSE_US = 400;

/** What came of many saves. */
export interface Races {
  readonly seed: number;
  saves: number;
  /** Saves between the look at a file and the moment when its new version was in place (or, through an open handle, the last look). */
  hits: number;
  /** Versions that were taken in while somebody saved; the others waited for a commit. */
  taken: number;
  rounds: number;
  readonly lost: string[];
  readonly ways: Map<WayToSave, { saves: number; hits: number; lost: number }>;
}

/** Versions of a repository are taken in one after the other while an editor saves the same files. */
export class RaceCourse {
  readonly #repository: RaceRepository;
  readonly #takeIn: TakeIn;
  readonly #editor: Editor;
  readonly #draw: Draw;
  readonly races: Races;
  /** From the look to the end, as it has been so far. */
  #windowUs = 10_000;

  constructor(repository: RaceRepository, takeIn: TakeIn, editor: Editor, seed: number) {
    this.#repository = repository;
    this.#takeIn = takeIn;
    this.#editor = editor;
    this.#draw = new Draw(seed);
    this.races = { seed, saves: 0, hits: 0, taken: 0, rounds: 0, lost: [], ways: new Map(WAYS_TO_SAVE.map((way) => [way, { saves: 0, hits: 0, lost: 0 }])) };
  }

  /** From version `from` to the next one. */
  async run(from: number): Promise<void> {
    this.#repository.settle(from);
    const saves = this.#saves(from);
    const { saved } = await this.#editor.load(saves);
    const watch = new Watch(this.#editor, this.#repository, saves);
    const outcome = await this.#takeIn.take(from, from + 1, watch);
    const endedUs = nowUs();
    this.#editor.raiseAll();
    await this.#takeIn.lookAgain();
    const lookedAgainUs = nowUs();
    this.#editor.raise(LATE);
    const results = await saved;
    this.#editor.unload();
    await this.#takeIn.lookAgain();
    this.#count(from, saves, results, { watch, endedUs, lookedAgainUs });
    this.races.rounds += 1;
    if (outcome === 'taken') this.races.taken += 1;
    // What was saved too early holds it all up.
    this.#windowUs = Math.ceil(outcome === 'taken' ? (this.#windowUs * 3 + (endedUs - watch.lookedUs)) / 4 : this.#windowUs * 1.5);
  }

  #saves(version: number): Save[] {
    const togetherUs = this.#takeIn.isWatched ? null : this.#draw.below(this.#windowUs);
    const paths = this.#draw.shuffled([...new Set([...this.#repository.paths(version), ...this.#repository.paths(version + 1)])]);
    return paths.slice(0, togetherUs === null ? Math.ceil(paths.length * 0.8) : TOGETHER).map((path, index) => {
      const file = join(this.#repository.workTree, path);
      const how = this.#way(file);
      const token = `saved in round ${version} by save ${index}, ${how}; `.padEnd(120, '.');
      if (how === 'held-for-long') return { file, token, how, signal: LATE, delayUs: 0 };
      if (togetherUs !== null) return { file, token, how, signal: 0, delayUs: togetherUs };
      const close = this.#draw.chance(50);
      return { file, token, how, signal: close ? FIRST_PATH + index : 0, delayUs: this.#draw.below(close ? CLOSE_US : this.#windowUs) };
    });
  }

  #way(file: string): WayToSave {
    const way = this.#draw.pick(WAYS_TO_SAVE);
    return way.startsWith('held') && !existsSync(file) ? 'in-place' : way;
  }

  #count(version: number, saves: readonly Save[], results: readonly Saved[], { watch, endedUs, lookedAgainUs }: { watch: Watch; endedUs: number; lookedAgainUs: number }): void {
    const there = [this.#repository.workTree, ...this.#takeIn.keeps].filter((folder) => existsSync(folder)).flatMap((folder) => this.#repository.contents(folder)).join('\n');
    for (const [index, { saved, beganUs, endedUs: savedUs }] of results.entries()) {
      const save = saves[index];
      if (!save || !saved) continue;
      const way = this.races.ways.get(save.how) ?? { saves: 0, hits: 0, lost: 0 };
      const untilUs = save.how === 'held-open' ? lookedAgainUs : (watch.exchangedUs.get(save.file) ?? endedUs);
      const hit = save.how === 'held-for-long' || (savedUs >= watch.lookedUs && beganUs <= untilUs);
      const lost = !there.includes(save.token);
      this.races.saves += 1;
      way.saves += 1;
      if (hit) this.races.hits += 1;
      if (hit) way.hits += 1;
      if (lost) way.lost += 1;
      if (lost) this.races.lost.push(`seed ${this.races.seed}, version ${version}: ${save.file.slice(this.#repository.workTree.length + 1)}, saved ${save.how} ${Math.round(beganUs - watch.lookedUs)} µs after the look`);
    }
  }
}

/** Passes on to the editor what happens, and writes down when. */
class Watch implements Onlooker {
  lookedUs = Number.POSITIVE_INFINITY;
  readonly exchangedUs = new Map<string, number>();
  readonly #editor: Editor;
  readonly #workTree: string;
  readonly #signals: ReadonlyMap<string, number>;

  constructor(editor: Editor, repository: RaceRepository, saves: readonly Save[]) {
    this.#editor = editor;
    this.#workTree = repository.workTree;
    this.#signals = new Map(saves.filter(({ signal }) => signal >= FIRST_PATH).map(({ file, signal }) => [file, signal]));
  }

  looked(): void {
    if (Number.isFinite(this.lookedUs)) return;
    this.lookedUs = nowUs();
    this.#editor.raise(0);
  }

  exchanging(path: string): void {
    const signal = this.#signals.get(join(this.#workTree, path));
    if (signal !== undefined) this.#editor.raise(signal);
  }

  exchanged(path: string): void {
    this.exchangedUs.set(join(this.#workTree, path), nowUs());
  }
}
