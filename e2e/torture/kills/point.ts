/** One git process of a scene: the `nth` of its kind (`update-ref`, `receive-pack`, …), before its `when`-th call of `call`. */
export interface GitPoint {
  readonly victim: 'git';
  readonly scene: string;
  readonly verb: string;
  readonly nth: number;
  readonly call: string;
  readonly when: number;
  /** The program lives on, or dies in the same instant with all of its git processes (as when a battery is empty). */
  readonly program: 'lives' | 'dies';
  readonly label: string;
}

/** The program itself: after its `when`-th change below the world; git processes that it had started live on. */
export interface ProgramPoint {
  readonly victim: 'program';
  readonly scene: string;
  readonly when: number;
  readonly label: string;
}

export type Point = GitPoint | ProgramPoint;

/** By which a point is found again, in a run with the same seed. */
export const nameOf = (point: Point): string =>
  point.victim === 'git'
    ? `${point.scene}/${point.verb}.${point.nth}/${point.call}.${point.when}/program-${point.program}`
    : `${point.scene}/program.${point.when}`;
