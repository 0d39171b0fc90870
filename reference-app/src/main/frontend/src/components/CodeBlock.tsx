import '@fontsource-variable/jetbrains-mono';
import { CopyButton } from './CopyButton';

/** Text of a program, such as SQL, with a button that copies it. */
export function CodeBlock({ code, label = 'Code' }: { code: string; label?: string }) {
  return (
    <div className="relative overflow-hidden rounded-md border bg-sunken">
      <div className="absolute top-1 right-1">
        <CopyButton text={code} label={`Copy the ${label}`} />
      </div>
      <pre
        // Focusable, so that it scrolls by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label={label}
        className="max-h-80 overflow-auto py-2.5 pr-10 pl-3 font-mono text-sm"
      >
        <code>{code}</code>
      </pre>
    </div>
  );
}
