import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { statusDocument } from '../../../shared/status-document.ts';
import { createText } from '../../../shared/text/text.ts';
import { ProblemStage } from '../testing/problem-stage.ts';

let stage: ProblemStage;
beforeEach(async () => {
  stage = new ProblemStage();
  await stage.open();
});
afterEach(() => stage.close());

it('settings that cannot be read are kept and told of, and the folder goes on with those saved before', async () => {
  const file = join(stage.machines.directory, 'home-desk/settings.json');
  await stage.desk.engine.handlers['folder.set']({ id: 'desk', options: { pushDelay: 0.5 } }, AbortSignal.timeout(5_000));
  await stage.desk.stop();
  writeFileSync(file, '{ "version": 1, "folders": [');
  await stage.desk.start();
  const state = stage.desk.engine.store.get();
  const [told] = statusDocument(createText(), state, Date.now()).problems;
  expect(told).toMatchObject({
    code: 'settings-damaged',
    message: expect.stringMatching(/^The settings could not be read and were kept as .*settings.*; those saved before are in use/) as unknown,
    next: 'Compare the file that was kept with the settings in use, and remove it when nothing is missing.',
  });
  stage.save('mine.txt');
  await stage.mended('mine.txt');
});

it('a folder without a remote says that its changes are saved here only, and commits them', async () => {
  const path = join(stage.machines.directory, 'alone');
  stage.machines.git(stage.machines.directory, 'init', '-q', path);
  const { id } = await stage.desk.engine.handlers['folder.add']({ path, name: 'alone', paused: false, options: { commitDelay: 0.5 } }, AbortSignal.timeout(5_000));
  writeFileSync(join(path, 'a.txt'), 'a\n');
  const of = () => stage.desk.engine.store.get().folders.find((folder) => folder.id === id);
  await stage.desk.until(() => of()?.lastCommit?.message === 'Add a.txt');
  const document = statusDocument(createText(), stage.desk.engine.store.get(), Date.now()).folders.find((folder) => folder.id === id);
  expect(document?.problem).toMatchObject({ code: 'no-remote', message: 'No server is set for this folder; its changes are saved here only.', next: expect.stringContaining('git remote add origin URL') as unknown });
});
