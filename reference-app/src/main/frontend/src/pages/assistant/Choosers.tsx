import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '@/components/classes';
import { AgentIcon } from './AgentIcon';
import { AUTO, useAgents, useModels } from './data';

function Chooser({
  label,
  icon,
  value,
  onChange,
  children,
}: {
  label: string;
  icon?: ReactNode;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  return (
    <span className="relative inline-flex max-w-44 min-w-0 items-center rounded-md text-soft hover:bg-hover hover:text-ink">
      {icon && <span className="pointer-events-none absolute left-2">{icon}</span>}
      <select
        aria-label={label}
        title={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={classes(
          'h-8 w-full min-w-0 [field-sizing:content] appearance-none truncate rounded-md bg-transparent pr-6 text-sm',
          '[&>option]:bg-raised [&>option]:text-ink',
          icon ? 'pl-7.5' : 'pl-2',
        )}
      >
        {children}
      </select>
      <ChevronDown size={14} className="pointer-events-none absolute right-1.5" aria-hidden />
    </span>
  );
}

/** Who answers. */
export function AgentChooser({ value, onChange }: { value: string; onChange: (agent: string) => void }) {
  const { agents } = useAgents();
  return (
    <Chooser label="Who answers" icon={<AgentIcon agent={value} size={15} />} value={value || AUTO} onChange={onChange}>
      <option value={AUTO}>Automatic</option>
      {agents
        .filter((agent) => agent.id !== AUTO)
        .map((agent) => (
          <option key={agent.id} value={agent.id}>
            {agent.title}
          </option>
        ))}
    </Chooser>
  );
}

/** With which model; nothing to choose where there is none. */
export function ModelChooser({ value, onChange }: { value: string; onChange: (model: string) => void }) {
  const models = useModels();
  if (models.length === 0) return null;
  return (
    <Chooser label="Model" value={value} onChange={onChange}>
      <option value="">Usual model</option>
      {models.map((model) => (
        <option key={model.id} value={model.name}>
          {model.name}
        </option>
      ))}
    </Chooser>
  );
}
