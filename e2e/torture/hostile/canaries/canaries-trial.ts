import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { whyNotTraced } from '../../kills/can-trace.ts';
import type { Product } from '../../kills/product.ts';
import type { Run } from '../../part.ts';
import { figure, type Found } from '../trial.ts';
import { CANARIES } from './canaries.ts';
import { Search, type Canary, type Place } from './canary.ts';
import { filesBelow } from './files-below.ts';
import { LIFE, type Scene } from './life.ts';
import { Stage } from './stage.ts';

/** A home lives with secrets in every field; then everything that it left, said and started is searched for them. `scenes`: a part of its life. */
export async function canariesTrial(run: Run, product: Product, scenes: readonly Scene[] = LIFE): Promise<Found> {
  const untraced = whyNotTraced();
  if (untraced !== null) return { figures: [figure('canary secrets', `not tried, strace cannot look on here: ${untraced}`)], failures: [] };
  const stage = await Stage.set(product, join(run.directory, 'canaries'));
  try {
    await stage.start();
    for (const { name, play } of scenes) {
      run.say(`secrets: ${name}`);
      await play(stage);
    }
    await stage.end('stopped');
    return judged(searched(stage), existsSync(stage.world.path('asked')), scenes === LIFE);
  } finally {
    await stage.clear();
  }
}

function judged(search: Search, wasAsked: boolean, isWhole: boolean): Found {
  const leaks = search.leaks();
  const unseen = isWhole ? search.missing().map((name) => `${name} was seen nowhere, so that the trial shows nothing`) : [];
  return {
    figures: [figure('canary secrets', Object.keys(CANARIES).length), figure('processes, files and messages searched for them', search.searched), figure('found where they are not meant to be', leaks.length)],
    failures: [...leaks, ...unseen, ...(wasAsked ? ['the person’s askpass was started'] : [])],
  };
}

function searched(stage: Stage): Search {
  const search = new Search(Object.values<Canary>(CANARIES));
  const { world } = stage;
  for (const { pid, program, arguments: args, environment } of stage.executions()) {
    search.in('arguments', `${program}, process ${pid}: ${args.slice(0, 300)}`, args);
    search.in('environment', `${program}, process ${pid}`, environment);
  }
  stage.lookAtHome();
  for (const { place, where, content } of stage.looks) search.in(place, where, content);
  const { answers, window } = stage.heard();
  search.in('answers', 'control socket', answers);
  search.in('window', 'control socket', window);
  search.in('output of the program', 'standard error', stage.said);
  for (const status of stage.statuses) search.in('status', 'command line', status);
  if (existsSync(world.path('bundle.json'))) search.in('doctor’s bundle', 'bundle.json', readFileSync(world.path('bundle.json')));
  for (const folder of ['cloned', 'configured', 'token', 'rewritten', 'ssh', 'hub.git', 'never']) repository(search, world.path(folder));
  return search;
}

const placeIn = (file: string): Place => (file === 'config' ? 'configuration of a repository' : 'other files of a repository');

function repository(search: Search, folder: string): void {
  const directory = [join(folder, '.git'), folder].find((each) => existsSync(join(each, 'HEAD')));
  if (directory === undefined) return;
  for (const file of filesBelow(directory)) {
    const name = relative(directory, file);
    if (!name.startsWith('objects/')) search.in(placeIn(name), file, readFileSync(file));
  }
  search.in('objects', directory, execFileSync('git', [`--git-dir=${directory}`, 'cat-file', '--batch-all-objects', '--batch'], { env: { PATH: process.env['PATH'] ?? '' }, maxBuffer: 1 << 28 }));
}
