import { printable } from '../../shared/text/printable.ts';
import { displayParts } from './path-parts.ts';
import './path-name.css';

interface PathNameProps {
  readonly path: string;
  readonly isCode?: boolean;
}

/** A path that loses its middle when there is little room: the end of its directory first, then the middle of the name, never the name's end. */
export function PathName({ path, isCode = false }: PathNameProps) {
  const shown = printable(path);
  const { directory, head, tail } = displayParts(shown);
  return (
    <span className={isCode ? 'path-name code' : 'path-name'} title={shown}>
      {directory && <span className="path-directory">{directory}</span>}
      <span className="path-last">
        {head && <span className="path-head">{head}</span>}
        <span className="path-tail">{tail}</span>
      </span>
    </span>
  );
}
