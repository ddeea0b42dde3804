import type { Check } from '../../../shared/commands.ts';
import type { DoctorContext } from './doctor-context.ts';
import { asCheck } from './finding.ts';
import { folderChecks } from './folder-checks.ts';
import { machineChecks } from './machine-checks.ts';

/** All checks, machine first, then each folder in the settings' order. Changes nothing. */
export async function examine(context: DoctorContext, signal: AbortSignal): Promise<Check[]> {
  const [machine, ...folders] = await Promise.all([machineChecks(context, signal), ...context.settings.folders.map((folder) => folderChecks(context, folder, signal))]);
  return [...(machine ?? []), ...folders.flat()].map((finding) => asCheck(context.text, finding));
}
