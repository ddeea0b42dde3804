import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemStage } from '../testing/problem-stage.ts';

let stage: ProblemStage;
beforeEach(() => {
  stage = new ProblemStage();
});
afterEach(() => stage.close());

const ANOTHER = { code: 'no-branch', says: /^side is checked out here; Lockstep keeps main in step/, action: 'wait' } as const;
const branches = () => stage.git('for-each-ref', '--format=%(refname:short) %(objectname)', 'refs/heads');

describe('a switch to another branch', () => {
  it('in the quiet period commits nothing, on either branch, until the switch back', async () => {
    await stage.open({ commitDelay: 10 });
    stage.save('saved-on-main.txt');
    await stage.desk.until(({ phase }) => phase === 'settling');
    stage.git('switch', '-q', '-c', 'side');
    await stage.meets(ANOTHER);
    const before = branches();
    await stage.desk.sync();
    expect(branches()).toBe(before);
    stage.git('switch', '-q', 'main');
    await stage.mended('saved-on-main.txt');
    expect(stage.git('log', '--format=%s', 'side')).not.toContain('saved-on-main');
  });

  it('while changes are being taken in leaves that branch where it is, though it is at the same commit', async () => {
    let switched = false;
    await stage.open({}, {
      ports: (ports) => ({
        ...ports,
        files: {
          ...ports.files,
          link: async (from, to) => {
            await ports.files.link(from, to);
            if (switched || !to.toString().endsWith('/theirs.txt')) return;
            switched = true;
            stage.git('switch', '-q', '-c', 'side');
          },
        },
      }),
    });
    const before = stage.git('rev-parse', 'main');
    stage.theySave({ 'theirs.txt': 'theirs\n' });
    void stage.desk.sync();
    await stage.meets(ANOTHER);
    expect([switched, stage.git('rev-parse', 'side'), stage.hubTip('side')]).toEqual([true, before, null]);
    stage.git('switch', '-q', 'main');
    stage.save('mine.txt');
    await stage.mended('mine.txt');
    expect(stage.git('rev-parse', 'side')).toBe(before);
  });

  it('during a push pushes what was committed before, to its own branch', async () => {
    await stage.open();
    stage.hubHook('pre-receive', 'touch begun; while [ ! -e go ]; do sleep 0.05; done');
    stage.save('saved-on-main.txt');
    await expect.poll(() => existsSync(join(stage.machines.hub, 'begun')), { timeout: 20_000 }).toBe(true);
    stage.git('switch', '-q', '-c', 'side');
    writeFileSync(join(stage.machines.hub, 'go'), '');
    await stage.meets(ANOTHER);
    expect([stage.hubHas('saved-on-main.txt'), stage.hubTip('side'), existsSync(stage.desk.path('saved-on-main.txt'))]).toEqual([true, null, true]);
  });
});
