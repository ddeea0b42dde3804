/** One measured promise: its figures, and whether it was kept in this run. */
export interface Result {
  readonly name: string;
  readonly figures: readonly string[];
  readonly kept: boolean;
}
