import { useState, type DragEvent, type ReactNode } from 'react';
import { classes } from './classes';

/** Takes files that are dropped anywhere on it. */
export function DropZone({
  label,
  enabled,
  onDrop,
  children,
}: {
  /** What it takes. */
  label: string;
  enabled: boolean;
  onDrop: (files: FileList) => void;
  children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  const holdsFiles = (event: DragEvent) => enabled && event.dataTransfer.types.includes('Files');
  return (
    // Dropping is the shortcut; the button beside the title does the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="group"
      aria-label={label}
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(false);
        onDrop(event.dataTransfer.files);
      }}
      className={classes(
        'min-h-[60dvh] rounded-lg',
        over && 'outline-2 outline-offset-4 outline-accent outline-dashed',
      )}
    >
      {children}
    </div>
  );
}
