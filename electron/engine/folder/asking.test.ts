import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Machines, type Machine } from '../testing/machines.ts';

let machines: Machines;
beforeEach(() => {
  machines = new Machines();
});
afterEach(() => machines.close());

const { signal } = new AbortController();
const asking = (machine: Machine) => machine.until(({ messageRequest }) => messageRequest !== null);
const type = (machine: Machine, draft: string | null) => machine.engine.handlers['message.typing']({ id: machine.state.id, draft }, signal);

describe('the question for a message', () => {
  it('lists also what is saved while it is open, and keeps what was typed and its time', async () => {
    const desk = await machines.add('desk', { message: 'popup', popupTimeout: 600 });
    writeFileSync(desk.path('wren.md'), 'Nest in the old wall.\n');
    const { messageRequest: first } = await asking(desk);
    expect(first).toMatchObject({ total: 1, draft: null });
    await type(desk, 'Wren');
    writeFileSync(desk.path('robin.md'), 'Singing.\n');
    const { messageRequest } = await desk.until((folder) => folder.messageRequest?.total === 2);
    expect(messageRequest?.changes.map(({ path }) => path).sort()).toEqual(['robin.md', 'wren.md']);
    expect(messageRequest?.draft).toBe('Wren');
    await desk.engine.handlers['message.submit']({ id: desk.state.id, message: 'Wren and robin' }, signal);
    await desk.until(({ lastCommit, dirty }) => lastCommit?.message === 'Wren and robin' && !dirty);
  });

  it('is answered by what was typed when the time is over', async () => {
    const desk = await machines.add('desk', { message: 'popup', popupTimeout: 4 });
    writeFileSync(desk.path('wren.md'), 'Nest in the old wall.\n');
    await asking(desk);
    await type(desk, 'Typed, but not sent');
    const { messageRequest } = await desk.until(({ lastCommit }) => lastCommit?.message === 'Typed, but not sent');
    expect(messageRequest).toBeNull();
  });

  it('never has less time because somebody types', async () => {
    const desk = await machines.add('desk', { message: 'popup', popupTimeout: 600, maxWait: 5 });
    writeFileSync(desk.path('wren.md'), 'Nest in the old wall.\n');
    const { messageRequest } = await asking(desk);
    await type(desk, 'W');
    const typed = await desk.until((folder) => folder.messageRequest?.draft === 'W');
    expect(typed.messageRequest?.deadline).toBe(messageRequest?.deadline);
  });

  it('comes back with what was typed before it was put off', async () => {
    const desk = await machines.add('desk', { message: 'popup', popupTimeout: 600 });
    writeFileSync(desk.path('wren.md'), 'Nest in the old wall.\n');
    await asking(desk);
    await type(desk, 'Half a sent');
    await desk.engine.handlers['message.postpone']({ id: desk.state.id }, signal);
    await desk.until(({ messageRequest }) => messageRequest === null);
    writeFileSync(desk.path('robin.md'), 'Singing.\n');
    expect((await asking(desk)).messageRequest).toMatchObject({ draft: 'Half a sent', total: 2 });
  });

  it('comes back with what was typed before the program ended', async () => {
    const desk = await machines.add('desk', { message: 'popup', popupTimeout: 600 });
    writeFileSync(desk.path('wren.md'), 'Nest in the old wall.\n');
    await asking(desk);
    await type(desk, 'Half a');
    await type(desk, 'Half a sentence, and än ende');
    await desk.stop();
    await desk.start();
    expect((await asking(desk)).messageRequest?.draft).toBe('Half a sentence, and än ende');
    await desk.engine.handlers['message.submit']({ id: desk.state.id, message: 'Wren' }, signal);
    await desk.until(({ lastCommit }) => lastCommit?.message === 'Wren');
    await desk.stop();
    await desk.start();
    writeFileSync(desk.path('robin.md'), 'Singing.\n');
    expect((await asking(desk)).messageRequest?.draft).toBeNull();
  });
});
