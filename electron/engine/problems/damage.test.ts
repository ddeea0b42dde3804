import { copyFileSync, existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemStage } from '../testing/problem-stage.ts';

let stage: ProblemStage;
beforeEach(() => {
  stage = new ProblemStage();
});
afterEach(() => stage.close());

const gitFile = (name: string) => stage.desk.path(`.git/${name}`);
const damaged = (says: RegExp) => ({ code: 'damaged-repository', says, action: 'retry' }) as const;

/** The file of an object. */
function looseObject(name: string): string {
  const id = stage.git('rev-parse', name);
  return gitFile(`objects/${id.slice(0, 2)}/${id.slice(2)}`);
}

describe('after a power failure', () => {
  beforeEach(async () => {
    await stage.open();
    stage.save('before.txt');
    await stage.mended('before.txt');
  });

  it.each(['refs/heads/main', 'HEAD', 'index'])('an empty %s is put right from what is known, and nothing begins anew', async (name) => {
    const tip = stage.git('rev-parse', 'main');
    truncateSync(gitFile(name));
    stage.save('mine.txt');
    await stage.mended('mine.txt');
    expect([stage.git('rev-parse', 'main~1'), stage.git('symbolic-ref', 'HEAD'), stage.git('status', '--porcelain')]).toEqual([tip, 'refs/heads/main', '']);
    expect(stage.desk.engine.store.get().recent.some(({ what, paths }) => what === 'recovered' && paths.includes(name))).toBe(true);
  });

  it.each(['refs/heads/main', 'HEAD', 'index'])('a %s full of zeros is put right at the next start', async (name) => {
    const tip = stage.git('rev-parse', 'main');
    await stage.desk.stop();
    writeFileSync(gitFile(name), Buffer.alloc(41));
    stage.save('mine.txt');
    await stage.desk.start();
    await stage.mended('mine.txt');
    expect([stage.git('rev-parse', 'main~1'), stage.git('status', '--porcelain')]).toEqual([tip, '']);
  });

  it('an empty branch without a log waits for a person, and pushes nothing', async () => {
    const hub = stage.hubTip();
    const tip = readFileSync(gitFile('refs/heads/main'));
    renameSync(gitFile('logs'), gitFile('logs.away'));
    truncateSync(gitFile('refs/heads/main'));
    stage.save('mine.txt');
    await stage.meets(damaged(/^The repository of this folder is damaged: refs\/heads\/main is empty\. No file was touched/));
    expect(stage.hubTip()).toBe(hub);
    writeFileSync(gitFile('refs/heads/main'), tip);
    await stage.mended('mine.txt');
  });
});

describe('a repository in which', () => {
  it.each([
    ['the newest commit', 'HEAD'],
    ['the newest commit’s tree', 'HEAD^{tree}'],
  ])('%s is missing waits, and goes on when it is there again', async (_what, name) => {
    await stage.open();
    const object = looseObject(name);
    const hub = stage.hubTip();
    renameSync(object, `${object}.away`);
    stage.save('mine.txt');
    await stage.meets(damaged(/^The repository of this folder is damaged: .*No file was touched/));
    expect([stage.hubTip(), existsSync(stage.desk.path('mine.txt'))]).toEqual([hub, true]);
    renameSync(`${object}.away`, object);
    await stage.mended('mine.txt');
  });

  it('the index is garbage waits, and goes on when it is made anew', async () => {
    await stage.open();
    copyFileSync(gitFile('index'), gitFile('index.good'));
    writeFileSync(gitFile('index'), 'garbage'.repeat(20));
    stage.save('mine.txt');
    await stage.meets(damaged(/^The repository of this folder is damaged: .*index/));
    renameSync(gitFile('index.good'), gitFile('index'));
    await stage.mended('mine.txt');
  });

  it('the configuration is garbage waits, and goes on when it is good again', async () => {
    await stage.open();
    copyFileSync(gitFile('config'), gitFile('config.good'));
    writeFileSync(gitFile('config'), '[core\n x');
    stage.save('mine.txt');
    await stage.meets(damaged(/^The repository of this folder is damaged: bad config line 1/));
    renameSync(gitFile('config.good'), gitFile('config'));
    await stage.mended('mine.txt');
  });

  it('an object that was never pushed is missing says so, and does not blame the server', async () => {
    await stage.open({ push: false });
    stage.save('mine.txt');
    await stage.desk.until(({ lastCommit }) => lastCommit?.message === 'Add mine.txt');
    const object = looseObject('HEAD:mine.txt');
    renameSync(object, `${object}.away`);
    await stage.desk.engine.handlers['folder.set']({ id: 'desk', options: { push: true } }, AbortSignal.timeout(5_000));
    await stage.meets(damaged(/^The repository of this folder is damaged: unable to read/));
    renameSync(`${object}.away`, object);
    await stage.desk.sync();
    await stage.mended('mine.txt');
  });
});
