/**
 * What a script does with a failure it foresaw: the sentence, no stack, exit code 1.
 * @param {unknown} error
 * @returns {number}
 */
export function reportFailure(error) {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
}
