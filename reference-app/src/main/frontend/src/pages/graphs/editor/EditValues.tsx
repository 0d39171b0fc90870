import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { Field, TextArea } from '@/components/fields';
import type { Json } from '../shapes';

const asText = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value, null, 1) ?? ''));

/** The value that a text stands for; a text stays one, everything else is JSON. */
function read(before: unknown, text: string): { value: unknown } | null {
  if (typeof before === 'string') return { value: text };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

/** Values that are changed by hand, each by its name, and what is then done with all of them. */
export function EditValues({
  title,
  values,
  actions,
  onCancel,
}: {
  title?: string;
  values: Json;
  actions: { label: string; icon?: LucideIcon; onSelect: (values: Json) => void }[];
  onCancel: () => void;
}) {
  const [texts, setTexts] = useState<Record<string, string>>({});
  const entries = Object.entries(values).map(([name, before]) => {
    const text = texts[name] ?? asText(before);
    return { name, text, read: read(before, text) };
  });
  const wrong = entries.some((entry) => entry.read === null);
  const all = () => Object.fromEntries(entries.map((entry) => [entry.name, entry.read?.value]));
  return (
    <section className="flex flex-col gap-2.5">
      {title !== undefined && <h4 className="text-sm font-medium">{title}</h4>}
      {entries.map((entry) => (
        <Field key={entry.name} label={entry.name} unmarked error={entry.read === null && 'This is not JSON'}>
          <TextArea
            value={entry.text}
            rows={Math.min(8, Math.max(2, entry.text.split('\n').length))}
            spellCheck={false}
            className="min-h-14! font-mono text-xs"
            onChange={(event) => setTexts({ ...texts, [entry.name]: event.target.value })}
          />
        </Field>
      ))}
      <div className="flex flex-wrap gap-1.5">
        {actions.map(({ label, icon, onSelect }, index) => (
          <Button
            key={label}
            size="small"
            look={index === 0 ? 'primary' : 'plain'}
            {...(icon && { icon })}
            disabled={wrong}
            onClick={() => onSelect(all())}
          >
            {label}
          </Button>
        ))}
        <Button size="small" look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </section>
  );
}
