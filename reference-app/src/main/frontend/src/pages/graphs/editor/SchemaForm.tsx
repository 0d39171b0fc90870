import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '@/components/Button';
import { Checkbox, Field, Input, Select, TextArea } from '@/components/fields';
import type { Json, Schema } from '../shapes';
import { controlOf, hintOf, labelOf, scalar, withMember, wrongWith, type Control } from '../model/schema';
import { ManyPicker, Picker } from './Picker';

/** A form for a configuration, made from its JSON Schema. */
export function SchemaForm({
  schema,
  value,
  onChange,
  disabled = false,
  problems = {},
}: {
  schema: Schema;
  value: Json;
  onChange: (value: Json) => void;
  disabled?: boolean;
  /** What the server says is wrong, by the name of the member. */
  problems?: Record<string, string>;
}) {
  const members = Object.entries(schema.properties ?? {});
  const unknown = Object.keys(value).filter((name) => !(name in (schema.properties ?? {})));
  return (
    <div className="flex flex-col gap-3.5">
      {members.map(([name, member]) => (
        <Member
          key={name}
          name={name}
          schema={member}
          value={value[name]}
          required={schema.required?.includes(name) ?? false}
          disabled={disabled}
          problem={problems[name]}
          onChange={(next) => onChange(withMember(value, name, next))}
        />
      ))}
      {unknown.map((name) => (
        <Field key={name} label={name} error={problems[name] ?? 'Its type knows no such setting'} required>
          <JsonText
            value={value[name]}
            disabled={disabled}
            onChange={(next) => onChange(withMember(value, name, next))}
          />
        </Field>
      ))}
    </div>
  );
}

interface Editing {
  value: unknown;
  disabled: boolean;
  onChange: (value: unknown) => void;
}

function Member({
  name,
  schema,
  required,
  problem,
  ...editing
}: Editing & { name: string; schema: Schema; required: boolean; problem: string | undefined }) {
  const control = controlOf(name, schema);
  const label = labelOf(name, schema);
  if (control.kind === 'yes-no') {
    return (
      <Checkbox
        label={label}
        hint={hintOf({ ...schema, default: undefined })}
        checked={editing.value === undefined ? schema.default === true : editing.value === true}
        disabled={editing.disabled}
        onChange={(event) => editing.onChange(event.target.checked)}
      />
    );
  }
  if (control.kind === 'group') {
    const value = typeof editing.value === 'object' && editing.value !== null ? (editing.value as Json) : {};
    return (
      <fieldset className="rounded-md border px-3 pt-1 pb-3">
        <legend className="px-1 text-sm font-medium">{label}</legend>
        {schema.description && <p className="mb-2 text-xs text-soft">{hintOf(schema)}</p>}
        <SchemaForm
          schema={schema}
          value={value}
          disabled={editing.disabled}
          onChange={(next) => editing.onChange(Object.keys(next).length === 0 ? undefined : next)}
        />
      </fieldset>
    );
  }
  return (
    <Field
      label={label}
      hint={hintOf(schema)}
      required={required}
      error={wrongWith(schema, editing.value, required) ?? problem}
    >
      <ControlFor control={control} schema={schema} {...editing} />
    </Field>
  );
}

const textOf = (value: unknown) =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

function ControlFor({ control, schema, value, disabled, onChange }: Editing & { control: Control; schema: Schema }) {
  switch (control.kind) {
    case 'text':
      return <Input value={textOf(value)} disabled={disabled} onChange={(event) => onChange(event.target.value)} />;
    case 'lines':
      return (
        <TextArea
          value={textOf(value)}
          disabled={disabled}
          rows={control.code ? 8 : 5}
          spellCheck={!control.code}
          className={control.code ? 'font-mono text-sm' : 'text-sm'}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'number':
      return <NumberText value={value} whole={control.whole} schema={schema} disabled={disabled} onChange={onChange} />;
    case 'choice':
      return (
        <Select
          value={value === undefined ? '' : JSON.stringify(value)}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value === '' ? undefined : JSON.parse(event.target.value))}
        >
          <option value="">{schema.default === undefined ? 'Choose…' : `As usual (${textOf(schema.default)})`}</option>
          {control.options.map((option) => (
            <option key={JSON.stringify(option)} value={JSON.stringify(option)}>
              {textOf(option)}
            </option>
          ))}
        </Select>
      );
    case 'pick':
      return control.many ? (
        <ManyPicker
          what={control.what}
          values={Array.isArray(value) ? value.map(String) : []}
          disabled={disabled}
          onChange={(values) => onChange(values.length === 0 ? undefined : values)}
        />
      ) : (
        <Picker what={control.what} value={textOf(value)} disabled={disabled} onChange={onChange} />
      );
    case 'list':
      return <ListText value={value} of={control.of} disabled={disabled} onChange={onChange} />;
    case 'scalar':
      return (
        <Input value={textOf(value)} disabled={disabled} onChange={(event) => onChange(scalar(event.target.value))} />
      );
    default:
      return <JsonText value={value} disabled={disabled} onChange={onChange} />;
  }
}

function NumberText({ value, whole, schema, disabled, onChange }: Editing & { whole: boolean; schema: Schema }) {
  return (
    <Input
      type="number"
      inputMode={whole ? 'numeric' : 'decimal'}
      value={textOf(value)}
      min={schema.minimum}
      max={schema.maximum}
      step={whole ? 1 : 'any'}
      disabled={disabled}
      onChange={(event) => onChange(Number.isNaN(event.target.valueAsNumber) ? undefined : event.target.valueAsNumber)}
    />
  );
}

function ListText({ value, of, disabled, onChange }: Editing & { of: 'text' | 'number' }) {
  const items = Array.isArray(value) ? value : [];
  const set = (next: unknown[]) => onChange(next.length === 0 ? undefined : next);
  return (
    <div className="flex flex-col gap-1.5">
      {items.map((item, index) => (
        // The place is what tells them apart: equal texts may stand twice.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="flex gap-1.5">
          <Input
            aria-label={`Item ${index + 1}`}
            id={undefined}
            value={textOf(item)}
            disabled={disabled}
            onChange={(event) =>
              set(items.with(index, of === 'number' ? (scalar(event.target.value) ?? 0) : event.target.value))
            }
          />
          <IconButton
            icon={Trash2}
            label={`Remove item ${index + 1}`}
            disabled={disabled}
            onClick={() => set(items.toSpliced(index, 1))}
          />
        </div>
      ))}
      <div>
        <Button size="small" icon={Plus} disabled={disabled} onClick={() => set([...items, of === 'number' ? 0 : ''])}>
          Add an item
        </Button>
      </div>
    </div>
  );
}

/** Any JSON; while it is none, what was there before stays. */
function JsonText({ value, disabled, onChange }: Editing) {
  const shown = value === undefined ? '' : JSON.stringify(value, null, 1);
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const type = (text: string) => {
    setDraft(text);
    try {
      onChange(text.trim() === '' ? undefined : (JSON.parse(text) as unknown));
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return (
    <>
      <TextArea
        value={draft ?? shown}
        disabled={disabled}
        rows={4}
        spellCheck={false}
        aria-invalid={wrong || undefined}
        className="font-mono text-sm"
        onChange={(event) => type(event.target.value)}
        onBlur={() => {
          if (!wrong) setDraft(null);
        }}
      />
      {wrong && <p className="text-xs font-medium text-bad">This is not JSON yet; what was there before is kept</p>}
    </>
  );
}
