import { displayParts } from './path-parts.ts';
import './path-name.css';

interface PathNameProps {
  readonly path: string;
  readonly isCode?: boolean;
}

/** A path that loses its middle when there is little room, never the name at its end. */
export function PathName({ path, isCode = false }: PathNameProps) {
  const { directory, name } = displayParts(path);
  return (
    <span className={isCode ? 'path-name code' : 'path-name'} title={path}>
      {directory && <span className="path-directory">{directory}</span>}
      <span className="path-last">{name}</span>
    </span>
  );
}
