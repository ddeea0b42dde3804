export interface DesktopEntry {
  readonly name: string;
  readonly comment: string;
  /** Program and arguments, as they are. */
  readonly command: readonly string[];
  readonly icon: string;
}

/** A file for `~/.config/autostart`, as the Desktop Entry Specification has it. */
export function desktopEntry({ name, comment, command, icon }: DesktopEntry): string {
  const lines = {
    Type: 'Application',
    Name: value(name),
    Comment: value(comment),
    Exec: value(command.map(argument).join(' ')),
    Icon: value(icon),
    Terminal: 'false',
    'X-GNOME-Autostart-enabled': 'true',
  };
  return `[Desktop Entry]\n${Object.entries(lines)
    .map(([key, text]) => `${key}=${text}\n`)
    .join('')}`;
}

/** Whether the person switched this entry off in the desktop's own settings. */
export const isSwitchedOff = (entry: string): boolean => /^(?:Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/m.test(entry);

/** One argument of `Exec`: always quoted; `%` doubled, or it would be a field code. */
const argument = (text: string): string => `"${text.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`;

/** Escapes of every value of the file, on top of those of `Exec`. */
const value = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
