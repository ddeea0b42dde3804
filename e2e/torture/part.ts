/** What one part of the torture is given. */
export interface Run {
  /** Everything random in a part follows from it. */
  readonly seed: number;
  /** 1: the default size; each part multiplies its own counts by it. */
  readonly scale: number;
  /** A folder of the part's own, which is removed afterwards. */
  readonly directory: string;
  /** A line about what is going on, for whoever waits. */
  say(line: string): void;
}

/** A line of the page: what was counted or measured, and how much of it. */
export interface Figure {
  readonly name: string;
  readonly value: string;
}

export interface Result {
  readonly figures: readonly Figure[];
  /** Contents that were on a disk and are nowhere any more. */
  readonly lost: number;
  /** One entry each, with what is needed to see it again (seed, path, command); none: the part has passed. */
  readonly failures: readonly string[];
}

export interface Part {
  readonly title: string;
  /** What it does to the product, in a sentence of the page. */
  readonly about: string;
  run(run: Run): Promise<Result>;
}

/** A count of the default size, brought to the size asked for; never nothing. */
export const sized = (count: number, { scale }: Pick<Run, 'scale'>): number => Math.max(1, Math.round(count * scale));
