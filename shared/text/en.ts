import { activity } from './english/activity.ts';
import { commandLine } from './english/command-line.ts';
import { doctor } from './english/doctor.ts';
import { failures, reasons } from './english/failures.ts';
import { folders } from './english/folders.ts';
import { imports } from './english/imports.ts';
import { mirrorLines } from './english/mirror-lines.ts';
import { mirrorProblems } from './english/mirror-problems.ts';
import { mirrors } from './english/mirrors.ts';
import { problems } from './english/problems.ts';
import { shell } from './english/shell.ts';
import { steps } from './english/steps.ts';
import { times } from './english/times.ts';
import { waiting } from './english/waiting.ts';
import { window } from './english/window.ts';

/** The English catalogue, one part a theme. Another language has the same shape. */
export const en = { activity, commandLine, doctor, failures, folders, imports, mirrorLines, mirrorProblems, mirrors, problems, reasons, shell, steps, times, waiting, window };

export type Catalogue = typeof en;
