import type { Comparison } from '../../shared/commands.ts';
import { bytes } from '../../shared/text/times.ts';
import { Chip } from '../components/Chip.tsx';
import { useText } from '../window-context.tsx';
import { machineName } from './machine-name.ts';

/** Versions that are not text: who has which, and how large it is. */
export function SizeColumns({ comparison: { mine, base, theirs } }: { readonly comparison: Comparison }) {
  const text = useText();
  const columns = [
    { side: 'mine', version: mine, tone: 'mine' },
    ...(base ? [{ side: 'base', version: base, tone: 'plain' } as const] : []),
    { side: 'theirs', version: theirs, tone: 'theirs' },
  ] as const;
  return (
    <div className="size-columns">
      {columns.map(({ side, version, tone }) => (
        <div key={side} className={`compare-caption ${side}`}>
          <Chip tone={tone}>{text.t(`window.conflicts.${side}`)}</Chip>
          <span className="meta">{side === 'base' ? text.t('window.conflicts.both-had') : machineName(text, version.machine)}</span>
          <p className="dim">{version.blob === null && side !== 'base' ? text.t('window.conflicts.removed') : text.t('window.conflicts.too-large', { size: bytes(text, version.bytes) })}</p>
        </div>
      ))}
    </div>
  );
}
