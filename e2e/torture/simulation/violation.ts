/** What must never be, one word each: a failing history is made shorter as long as it fails by the same word. */
export type Wrong =
  /** A content is nowhere any more. */
  | 'lost'
  /** A content that rested long enough is in no commit. */
  | 'uncommitted'
  /** A file that is ignored was changed by us. */
  | 'ignored'
  /** A content that must stay on its machine was pushed by us. */
  | 'leaked'
  /** A ref went backwards by us, and what it held is reached by no other. */
  | 'rewound'
  /** What is the person's (another branch, the stash, an operation in progress, what they staged, configuration) was changed by us. */
  | 'meddled'
  /** Most files were taken away at once, or the remote was rewritten, and nobody was asked. */
  | 'unasked'
  /** A merge of ours left out what one side had. */
  | 'dropped'
  /** A conflict copy that stands for no version of its own. */
  | 'copies'
  | 'marker'
  /** Something was written outside of the folder, the home and the hub, or by a git that must not write there. */
  | 'outside'
  /** A process or a lock outlived its program. */
  | 'left'
  /** A repository is damaged. */
  | 'damaged'
  /** A commit of ours says what neither the person nor anybody elsewhere did. */
  | 'invented'
  /** A folder waits for its person to end what they never began. */
  | 'blamed'
  /** A folder that does not go on says nothing about it. */
  | 'silent'
  /** A program does not answer. */
  | 'stuck'
  | 'apart'
  | 'differ'
  | 'unclean'
  | 'restless';

/** Something that must never be: with it a history has failed. */
export class Violation extends Error {
  constructor(wrong: Wrong, what: string) {
    super(`${wrong}: ${what}`);
  }
}
