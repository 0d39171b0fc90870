import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bot, Ellipsis, Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/api/http';
import type { Model, ModelTest, Page } from '@/api/shapes';
import { useMay } from '@/app/session';
import { Button, IconButton } from '@/components/Button';
import { ConfirmDelete } from '@/components/ConfirmDelete';
import { millis } from '@/components/format';
import { Loaded } from '@/components/Loaded';
import { Menu } from '@/components/Menu';
import { Section, useTitle } from '@/components/Page';
import { Badge, Note } from '@/components/small';
import { EmptyState, ErrorState } from '@/components/states';
import { toastDone, toastFailed } from '@/components/Toasts';
import { ModelDialog } from './ModelDialog';

/** The language models of the organisation: which there are, and which one answers. */
export function ModelsPart() {
  useTitle('Models');
  const mayEdit = useMay('model:edit');
  const [edited, setEdited] = useState<Model | 'new' | null>(null);
  const query = useQuery({ queryKey: ['models'], queryFn: () => api.get<Page<Model>>('/models', { limit: 200 }) });
  const add = mayEdit && (
    <Button look="primary" icon={Plus} onClick={() => setEdited('new')}>
      Add a model
    </Button>
  );
  return (
    <>
      <Section title="Models" actions={query.data && query.data.items.length > 0 && add}>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState icon={Bot} title="No model is set up" action={add}>
                Without one, the built-in planner answers questions about data. A model adds conversations, answers from
                documents and free questions: one of OpenAI, Azure, Anthropic or Mistral with a key, Ollama on your own
                machine, or any endpoint that speaks the same protocol.
              </EmptyState>
            ) : (
              <ul className="-my-2 divide-y">
                {items.map((model) => (
                  <li key={model.id} className="py-3">
                    <ModelRow model={model} onEdit={() => setEdited(model)} />
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Section>
      {edited !== null && <ModelDialog model={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function ModelRow({ model, onEdit }: { model: Model; onEdit: () => void }) {
  const client = useQueryClient();
  const mayEdit = useMay('model:edit');
  const [deleting, setDeleting] = useState(false);
  const changed = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['models'] }),
      client.invalidateQueries({ queryKey: ['capabilities'] }),
    ]);
  const test = useMutation({ mutationFn: () => api.post<ModelTest>(`/models/${model.id}/test`) });
  const activate = useMutation({
    mutationFn: () => api.post<Model>(`/models/${model.id}/activate`),
    onSuccess: () => {
      toastDone(`${model.name} answers from now on`);
      return changed();
    },
    onError: toastFailed,
  });
  const remove = async () => {
    await api.remove(`/models/${model.id}`, { revision: model.revision });
    toastDone(`${model.name} is deleted`);
    await changed();
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-semibold break-all">{model.name}</span>
            {model.is_active && <Badge tone="good">Active</Badge>}
            {model.from_environment && <Badge>From the environment</Badge>}
            {model.scope === 'user' && <Badge>Only you</Badge>}
          </p>
          <p className="text-sm break-all text-soft">
            {[model.provider, model.model_name, model.endpoint_url, model.has_key ? 'has a key' : 'no key']
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        {mayEdit && (
          <div className="flex shrink-0 items-center gap-1">
            <Button size="small" busy={test.isPending} onClick={() => test.mutate()}>
              Test
            </Button>
            {!model.is_active && (
              <Button size="small" busy={activate.isPending} onClick={() => activate.mutate()}>
                Use
              </Button>
            )}
            {!model.from_environment && (
              <Menu
                trigger={<IconButton size="small" icon={Ellipsis} label={`More about ${model.name}`} />}
                items={[
                  { label: 'Edit', onSelect: onEdit },
                  { label: 'Delete', danger: true, onSelect: () => setDeleting(true) },
                ]}
              />
            )}
          </div>
        )}
      </div>
      {test.error && <ErrorState error={test.error} compact />}
      {test.data && <TestNote test={test.data} />}
      {deleting && (
        <ConfirmDelete
          title={`Delete “${model.name}”?`}
          dependants={`/models/${model.id}/dependants`}
          onConfirm={remove}
          onClose={() => setDeleting(false)}
        >
          Its key is deleted too.{' '}
          {model.is_active && 'Until another model is used, the built-in planner answers alone.'}
        </ConfirmDelete>
      )}
    </div>
  );
}

/** What a try of a model gave. */
export function TestNote({ test }: { test: ModelTest }) {
  return (
    <div role="status">
      <Note tone={test.ok ? 'good' : 'bad'}>
        <p className="font-medium break-words">
          {test.ok ? `It answers${test.model ? ` as ${test.model}` : ''}, in ${millis(test.millis)}.` : test.message}
        </p>
        {!test.ok && test.mend && <p className="break-words">{test.mend}</p>}
      </Note>
    </div>
  );
}
