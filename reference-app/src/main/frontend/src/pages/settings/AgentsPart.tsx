import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/http';
import type { Agent, AgentInput, Model, Page, Tool } from '@/api/shapes';
import { useMay } from '@/app/session';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Checkbox, Field, Input, Select, TextArea } from '@/components/fields';
import { Loaded } from '@/components/Loaded';
import { onSubmit } from '@/components/onSubmit';
import { Section, useTitle } from '@/components/Page';
import { Badge } from '@/components/small';
import { ErrorState } from '@/components/states';
import { toastDone } from '@/components/Toasts';

/** The agents: what each is for, which model and tools it has. */
export function AgentsPart() {
  useTitle('Agents');
  const mayEdit = useMay('agent:edit');
  const [edited, setEdited] = useState<Agent | null>(null);
  const query = useQuery({ queryKey: ['agents'], queryFn: () => api.get<Agent[]>('/agents') });
  return (
    <>
      <Section title="Agents">
        <Loaded query={query}>
          {(agents) => (
            <ul className="-my-2 divide-y">
              {agents.map((agent) => (
                <li key={agent.id} className="flex items-start justify-between gap-4 py-3">
                  <div className="min-w-0">
                    <p className="flex flex-wrap items-center gap-2">
                      <span className="font-semibold">{agent.title}</span>
                      {agent.customised && <Badge tone="accent">Changed</Badge>}
                      {agent.model && <Badge>{agent.model}</Badge>}
                    </p>
                    <p className="text-soft">{agent.description}</p>
                    <ul aria-label="Tools" className="mt-1.5 flex flex-wrap gap-1">
                      {agent.tools.map((tool) => (
                        <li key={tool} className="rounded bg-hover px-1.5 font-mono text-xs break-all text-soft">
                          {tool}
                        </li>
                      ))}
                    </ul>
                  </div>
                  {mayEdit && (
                    <Button size="small" aria-label={`Edit ${agent.title}`} onClick={() => setEdited(agent)}>
                      Edit
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </Section>
      {edited && <AgentDialog agent={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function AgentDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const client = useQueryClient();
  const tools = useQuery({ queryKey: ['tools'], queryFn: () => api.get<Tool[]>('/tools') });
  const models = useQuery({ queryKey: ['models'], queryFn: () => api.get<Page<Model>>('/models', { limit: 200 }) });
  const [instructions, setInstructions] = useState(agent.instructions);
  const [model, setModel] = useState(agent.model ?? '');
  const [temperature, setTemperature] = useState(agent.temperature === null ? '' : String(agent.temperature));
  const [chosen, setChosen] = useState(new Set(agent.tools));
  const done = async () => {
    toastDone(`${agent.title} is saved`);
    await client.invalidateQueries({ queryKey: ['agents'] });
    onClose();
  };
  const save = useMutation({
    mutationFn: () => {
      const input: AgentInput = {
        instructions,
        model: model || null,
        temperature: temperature === '' ? null : Number(temperature),
        tools: [...chosen],
      };
      return api.put<Agent>(`/agents/${agent.id}`, input, { revision: agent.revision });
    },
    onSuccess: done,
  });
  const reset = useMutation({ mutationFn: () => api.remove(`/agents/${agent.id}/configuration`), onSuccess: done });
  const toggle = (name: string) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  return (
    <Dialog
      open
      onClose={onClose}
      size="large"
      title={agent.title}
      footer={
        <>
          {agent.customised && (
            <Button className="mr-auto" busy={reset.isPending} onClick={() => reset.mutate()}>
              Back to how it came
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="agent" look="primary" busy={save.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id="agent" className="grid gap-4 sm:grid-cols-2" onSubmit={onSubmit(() => save.mutate())}>
        <Field label="Model" unmarked hint="The active one if none is chosen.">
          <Select value={model} onChange={(event) => setModel(event.target.value)}>
            <option value="">The active model</option>
            {(models.data?.items ?? []).map(({ id, name }) => (
              <option key={id} value={name}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Temperature" unmarked hint="The model’s own if left empty.">
          <Input type="number" min={0} max={2} step="0.1" value={temperature} onChange={(event) => setTemperature(event.target.value)} />
        </Field>
        <Field label="Instructions" required className="sm:col-span-2" hint="What it is told before every conversation.">
          <TextArea rows={8} value={instructions} onChange={(event) => setInstructions(event.target.value)} />
        </Field>
        <fieldset className="sm:col-span-2">
          <legend className="mb-2 text-sm font-medium">Tools</legend>
          <Loaded query={tools}>
            {(all) => (
              <div className="grid gap-2.5 sm:grid-cols-2">
                {all.map((tool) => (
                  <Checkbox
                    key={tool.name}
                    label={<span className="font-mono text-sm break-all">{tool.name}</span>}
                    hint={tool.disabled ?? tool.description}
                    checked={chosen.has(tool.name)}
                    disabled={tool.disabled !== null && tool.disabled !== undefined && !chosen.has(tool.name)}
                    onChange={() => toggle(tool.name)}
                  />
                ))}
              </div>
            )}
          </Loaded>
        </fieldset>
        {(save.error ?? reset.error) && (
          <div className="sm:col-span-2">
            <ErrorState error={save.error ?? reset.error} compact />
          </div>
        )}
      </form>
    </Dialog>
  );
}
