import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { api } from '@/api/http';
import type { Dataset, Model, Page } from '@/api/shapes';
import { Input, Select } from '@/components/fields';
import { graphs } from '../client';
import type { Pick } from '../model/schema';

interface Option {
  value: string;
  label: string;
}

const LOADERS: Record<Pick, () => Promise<Option[]>> = {
  model: async () => {
    const answer = await api.get<Page<Model> | Model[]>('/models');
    const models = Array.isArray(answer) ? answer : answer.items;
    return models.map(({ name, model_name }) => ({ value: name, label: `${name} (${model_name})` }));
  },
  dataset: async () =>
    (await api.get<Page<Dataset>>('/datasets', { limit: 200 })).items.map(({ id, name }) => ({
      value: id,
      label: name,
    })),
  document: async () =>
    (await api.get<Page<{ id: string; name: string }>>('/documents', { limit: 200 })).items.map(({ id, name }) => ({
      value: id,
      label: name,
    })),
  graph: async () => (await graphs.list()).items.map(({ id, name }) => ({ value: id, label: name })),
};
const EMPTY: Record<Pick, string> = {
  model: 'The active model',
  dataset: 'None',
  document: 'None',
  graph: 'None',
};

function useOptions(what: Pick) {
  return useQuery({ queryKey: ['graph-picker', what], queryFn: LOADERS[what], staleTime: 30_000, retry: false });
}

/** One of the things that Studio knows, such as a model; their names can be typed where the list can't be had. */
export function Picker({
  what,
  value,
  onChange,
  disabled,
  label,
}: {
  what: Pick;
  value: string;
  onChange: (value: string) => void;
  disabled?: boolean;
  /** Its name, where it is not inside of a field. */
  label?: string;
}) {
  const { data, isError } = useOptions(what);
  if (isError) {
    return (
      <Input
        value={value}
        disabled={disabled}
        aria-label={label}
        placeholder={`Name or id of a ${what}`}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  const options = data ?? [];
  const known = value === '' || options.some((option) => option.value === value || option.label === value);
  return (
    <Select
      value={options.find((option) => option.label === value)?.value ?? value}
      disabled={disabled}
      aria-label={label}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{EMPTY[what]}</option>
      {!known && <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}

/** Several of them. */
export function ManyPicker({
  what,
  values,
  onChange,
  disabled,
}: {
  what: Pick;
  values: readonly string[];
  onChange: (values: string[]) => void;
  disabled?: boolean;
}) {
  const id = useId();
  const { data } = useOptions(what);
  const options = data ?? [];
  const unknown = values.filter((value) => !options.some((option) => option.value === value));
  const all = [...options, ...unknown.map((value) => ({ value, label: value }))];
  if (all.length === 0) return <p className="text-sm text-soft">There is none yet</p>;
  return (
    <div className="flex max-h-40 flex-col gap-1 overflow-y-auto rounded-md border border-edge/70 bg-surface px-2.5 py-2">
      {all.map(({ value, label }) => (
        <label key={value} htmlFor={`${id}-${value}`} className="flex items-center gap-2 text-sm">
          <input
            id={`${id}-${value}`}
            type="checkbox"
            className="size-4 accent-accent"
            checked={values.includes(value)}
            disabled={disabled}
            onChange={(event) =>
              onChange(event.target.checked ? [...values, value] : values.filter((one) => one !== value))
            }
          />
          <span className="min-w-0 break-words">{label}</span>
        </label>
      ))}
    </div>
  );
}
