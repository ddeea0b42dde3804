/**
 * Runs one stage of a longer run, and says how long it took.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work  throws when the stage fails
 * @returns {Promise<T>}
 * @throws Error that names the stage
 */
export async function stage(name, work) {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  try {
    const result = await work();
    console.log(`✓ ${name} (${seconds()} s)`);
    return result;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`✗ ${name} (${seconds()} s)\n${reason}`, { cause: error });
  }
}
