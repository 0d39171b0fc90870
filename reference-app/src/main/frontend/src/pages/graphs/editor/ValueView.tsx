import { useState } from 'react';
import { Button } from '@/components/Button';
import { CopyButton } from '@/components/CopyButton';
import type { Json } from '../shapes';

const SHORT = 600;

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 1) ?? '');
}

/** A value as plain text, cut until more is asked for. */
function Value({ value }: { value: unknown }) {
  const [whole, setWhole] = useState(false);
  const text = textOf(value);
  const cut = !whole && text.length > SHORT;
  return (
    <>
      <pre
        // Focusable, so that it scrolls by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="max-h-60 overflow-auto rounded bg-sunken px-2 py-1.5 font-mono text-xs break-words whitespace-pre-wrap"
      >
        {text === '' ? <span className="text-soft italic">empty</span> : cut ? `${text.slice(0, SHORT)}…` : text}
      </pre>
      {cut && (
        <Button size="small" look="quiet" onClick={() => setWhole(true)}>
          Show all {text.length} characters
        </Button>
      )}
    </>
  );
}

/** Values by their names. */
export function Values({ title, values }: { title?: string; values: Json }) {
  const names = Object.keys(values);
  return (
    <section className="flex flex-col gap-1.5">
      {title !== undefined && <h4 className="text-sm font-medium">{title}</h4>}
      {names.length === 0 && <p className="text-sm text-soft">None</p>}
      {names.map((name) => (
        <div key={name}>
          <div className="flex items-center justify-between gap-2">
            <span className="min-w-0 truncate font-mono text-xs text-soft">{name}</span>
            <CopyButton text={textOf(values[name])} label={`Copy ${name}`} />
          </div>
          <Value value={values[name]} />
        </div>
      ))}
    </section>
  );
}
