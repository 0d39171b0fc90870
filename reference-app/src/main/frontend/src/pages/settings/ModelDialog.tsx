import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, newKey } from '@/api/http';
import type { Model, ModelInput, ModelProvider, ModelSettings, ModelTest } from '@/api/shapes';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Field, Input, Select } from '@/components/fields';
import { Loaded } from '@/components/Loaded';
import { onSubmit } from '@/components/onSubmit';
import { Refusal } from '@/components/states';
import { toastDone } from '@/components/Toasts';
import { TestNote } from './ModelsPart';

const NUMBERS: { name: keyof ModelSettings; label: string; hint: string; step: string; max?: number }[] = [
  {
    name: 'temperature',
    label: 'Temperature',
    hint: '0 answers the same way each time; 2 is the wildest.',
    step: '0.1',
    max: 2,
  },
  { name: 'max_tokens', label: 'Longest answer', hint: 'In tokens.', step: '1' },
  { name: 'timeout_seconds', label: 'Time limit', hint: 'In seconds.', step: '1' },
  {
    name: 'input_price_per_million',
    label: 'Price of a million tokens read',
    hint: 'In US dollars, to show what answers cost.',
    step: 'any',
  },
  {
    name: 'output_price_per_million',
    label: 'Price of a million tokens written',
    hint: 'In US dollars.',
    step: 'any',
  },
];

type Draft = Record<'name' | 'provider' | 'model_name' | 'endpoint_url' | 'api_key' | 'scope', string> & {
  numbers: Record<string, string>;
};

function draftOf(model: Model | null): Draft {
  return {
    name: model?.name ?? '',
    provider: model?.provider ?? '',
    model_name: model?.model_name ?? '',
    endpoint_url: model?.endpoint_url ?? '',
    api_key: '',
    scope: model?.scope ?? 'tenant',
    numbers: Object.fromEntries(NUMBERS.map(({ name }) => [name, String(model?.configuration?.[name] ?? '')])),
  };
}

function inputOf(draft: Draft, model: Model | null): ModelInput {
  const numbers = Object.entries(draft.numbers).filter(([, text]) => text !== '');
  return {
    name: draft.name.trim(),
    provider: draft.provider,
    ...(draft.model_name.trim() && { model_name: draft.model_name.trim() }),
    ...(draft.endpoint_url.trim() && { endpoint_url: draft.endpoint_url.trim() }),
    ...(draft.api_key && { api_key: draft.api_key }),
    scope: draft.scope === 'user' ? 'user' : 'tenant',
    configuration: {
      ...model?.configuration,
      ...Object.fromEntries(NUMBERS.map(({ name }) => [name, null])),
      ...Object.fromEntries(numbers.map(([name, text]) => [name, Number(text)])),
    },
  };
}

/** Adds or changes a model. Its key goes in and never comes back. */
export function ModelDialog({ model, onClose }: { model: Model | null; onClose: () => void }) {
  const providers = useQuery({
    queryKey: ['model-providers'],
    queryFn: () => api.get<ModelProvider[]>('/model-providers'),
    staleTime: Infinity,
  });
  return <Loaded query={providers}>{(known) => <Form model={model} providers={known} onClose={onClose} />}</Loaded>;
}

function Form({ model, providers, onClose }: { model: Model | null; providers: ModelProvider[]; onClose: () => void }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => ({
    ...draftOf(model),
    provider: model?.provider ?? providers[0]?.provider ?? '',
  }));
  const [key] = useState(newKey);
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const provider = providers.find((one) => one.provider === draft.provider);
  const save = useMutation({
    mutationFn: () =>
      model === null
        ? api.post<Model>('/models', inputOf(draft, null), { idempotencyKey: key })
        : api.put<Model>(`/models/${model.id}`, inputOf(draft, model), { revision: model.revision }),
    onSuccess: async () => {
      toastDone(`${draft.name} is saved`);
      await Promise.all([
        client.invalidateQueries({ queryKey: ['models'] }),
        client.invalidateQueries({ queryKey: ['capabilities'] }),
      ]);
      onClose();
    },
  });
  const test = useMutation({
    mutationFn: () =>
      // The key that is kept can only be tried where it is kept.
      model !== null && draft.api_key === ''
        ? api.post<ModelTest>(`/models/${model.id}/test`)
        : api.post<ModelTest>('/models/test', inputOf(draft, model)),
  });
  const input = (name: 'name' | 'model_name' | 'endpoint_url' | 'api_key') => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={model === null ? 'Add a model' : `Edit ${model.name}`}
      footer={
        <>
          <Button className="mr-auto" busy={test.isPending} onClick={() => test.mutate()}>
            Test
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="model" look="primary" busy={save.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id="model" className="grid gap-4 sm:grid-cols-2" onSubmit={onSubmit(() => save.mutate())}>
        <Field label="Provider" required>
          <Select value={draft.provider} onChange={(event) => set({ provider: event.target.value })}>
            {providers.map((one) => (
              <option key={one.provider} value={one.provider}>
                {one.title ?? one.provider}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Name" required hint="What you call it.">
          <Input maxLength={100} {...input('name')} />
        </Field>
        <Field
          label="Model"
          required={!provider?.default_model}
          hint={provider?.default_model && `${provider.default_model} if left empty.`}
        >
          <Input {...input('model_name')} />
        </Field>
        <Field label="For" unmarked>
          <Select value={draft.scope} onChange={(event) => set({ scope: event.target.value })}>
            <option value="tenant">Everybody here</option>
            <option value="user">Only you</option>
          </Select>
        </Field>
        <Field
          label="Endpoint"
          required={provider?.needs_endpoint ?? false}
          className="sm:col-span-2"
          hint={provider?.default_endpoint && `${provider.default_endpoint} if left empty.`}
        >
          <Input type="url" placeholder="https://…" {...input('endpoint_url')} />
        </Field>
        <Field
          label="Key"
          required={(provider?.needs_key ?? false) && !model?.has_key}
          className="sm:col-span-2"
          hint={model?.has_key ? 'One is kept. What you type replaces it.' : 'Kept encrypted; never shown again.'}
        >
          <Input type="password" autoComplete="off" {...input('api_key')} />
        </Field>
        <details className="sm:col-span-2">
          <summary className="w-fit text-soft hover:text-ink">Limits and prices</summary>
          <div className="mt-3 grid gap-4 sm:grid-cols-2">
            {NUMBERS.map(({ name, label, hint, step, max }) => (
              <Field key={name} label={label} hint={hint}>
                <Input
                  type="number"
                  min={0}
                  max={max}
                  step={step}
                  value={draft.numbers[name] ?? ''}
                  onChange={(event) => set({ numbers: { ...draft.numbers, [name]: event.target.value } })}
                />
              </Field>
            ))}
          </div>
        </details>
        <div className="flex flex-col gap-2 empty:hidden sm:col-span-2">
          {test.data && <TestNote test={test.data} />}
          {test.error && <Refusal error={test.error} />}
          {save.error && <Refusal error={save.error} />}
        </div>
      </form>
    </Dialog>
  );
}
