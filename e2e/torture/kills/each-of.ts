/** Does something with each, in `lanes` at once; the first failure ends it. */
export async function eachOf<T>(all: readonly T[], lanes: number, work: (each: T, lane: number) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const lane = async (number: number): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next, number);
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
}
