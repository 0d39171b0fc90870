import { parseType } from '../model/portTypes';

/** The mark of a type, by shape and colour. */
export function PortMark({ type }: { type: string }) {
  return <span className="graph-port port-mark" data-kind={parseType(type).kind} aria-hidden />;
}
