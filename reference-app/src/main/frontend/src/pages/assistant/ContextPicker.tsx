import { Database, FileText, Plus, Search, Server, X, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button, ButtonLink } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Checkbox, Input } from '@/components/fields';
import { counted } from '@/components/format';
import { EmptyState, ErrorState, Skeleton } from '@/components/states';
import { useSubjects } from './data';
import type { Context } from './shapes';

export const NO_CONTEXT: Context = { datasetIds: [], sourceId: null, documents: false };

export const isEmpty = (context: Context) =>
  context.datasetIds.length === 0 && context.sourceId === null && !context.documents;

function Chip({ icon: Icon, label, onRemove }: { icon: LucideIcon; label: string; onRemove: () => void }) {
  return (
    <li className="inline-flex h-7 max-w-full min-w-0 items-center gap-1.5 rounded-md bg-accent-wash pl-2 text-sm text-accent-strong">
      <Icon size={14} className="shrink-0" aria-hidden />
      <span className="min-w-0 truncate">{label}</span>
      <button
        type="button"
        aria-label={`Take ${label} out of the question`}
        title="Take out of the question"
        onClick={onRemove}
        className="grid size-7 shrink-0 place-items-center rounded-md hover:bg-surface/70"
      >
        <X size={14} aria-hidden />
      </button>
    </li>
  );
}

/** What the question is about, to take out and to add to. */
export function ContextChips({ context, onChange }: { context: Context; onChange: (context: Context) => void }) {
  const [open, setOpen] = useState(false);
  const { datasets, sources } = useSubjects();
  const database = (id: string) => sources.find((each) => each.id === id);
  const named = (id: string) => datasets.find((each) => each.id === id)?.name ?? database(id)?.name ?? 'A data set';
  return (
    <div className="flex flex-wrap items-center gap-1.5 px-2 pt-2">
      <ul aria-label="What the question is about" className="contents">
        {context.datasetIds.map((id) => (
          <Chip
            key={id}
            icon={database(id) ? Server : Database}
            label={named(id)}
            onRemove={() => onChange({ ...context, datasetIds: context.datasetIds.filter((each) => each !== id) })}
          />
        ))}
        {context.sourceId !== null && (
          <Chip
            icon={Server}
            label={sources.find((each) => each.id === context.sourceId)?.name ?? 'A database'}
            onRemove={() => onChange({ ...context, sourceId: null })}
          />
        )}
        {context.documents && (
          <Chip icon={FileText} label="Documents" onRemove={() => onChange({ ...context, documents: false })} />
        )}
      </ul>
      <Button look="quiet" size="small" icon={Plus} onClick={() => setOpen(true)}>
        {isEmpty(context) ? 'Choose what to ask about' : 'Add'}
      </Button>
      {open && <ContextDialog context={context} onChange={onChange} onClose={() => setOpen(false)} />}
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="mb-2 text-sm font-semibold">{title}</legend>
      {children}
    </fieldset>
  );
}

const fits = (name: string, search: string) => name.toLowerCase().includes(search.trim().toLowerCase());

function ContextDialog({
  context,
  onChange,
  onClose,
}: {
  context: Context;
  onChange: (context: Context) => void;
  onClose: () => void;
}) {
  const [search, setSearch] = useState('');
  const { datasets, sources, hasDocuments, isPending, error } = useSubjects();
  const toggled = (id: string, on: boolean) =>
    onChange({
      ...context,
      datasetIds: on ? [...context.datasetIds, id] : context.datasetIds.filter((each) => each !== id),
    });
  const shownData = datasets.filter(({ name }) => fits(name, search));
  const shownSources = sources.filter(({ name }) => fits(name, search));
  const isNothing = datasets.length === 0 && sources.length === 0 && !hasDocuments;
  return (
    <Dialog
      open
      onClose={onClose}
      title="What is the question about?"
      footer={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      {isPending && <Skeleton lines={4} />}
      {error && <ErrorState error={error} compact />}
      {!isPending && !error && isNothing && (
        <EmptyState
          icon={Database}
          title="Nothing to ask about yet"
          action={<ButtonLink to="/datasets?add=file">Add a data set</ButtonLink>}
        >
          Data sets, databases and documents that you add can be asked here.
        </EmptyState>
      )}
      {!isPending && !isNothing && (
        <div className="flex flex-col gap-5">
          {datasets.length + sources.length > 6 && (
            <div className="relative">
              <Search size={16} className="pointer-events-none absolute top-2.5 left-2.5 text-soft" aria-hidden />
              <Input
                type="search"
                aria-label="Search by name"
                placeholder="Search by name"
                value={search}
                onChange={(event) => setSearch(event.target.value)}
                className="pl-8"
              />
            </div>
          )}
          {shownData.length > 0 && (
            <Group title="Data sets">
              {shownData.map(({ id, name, rows, columnCount }) => (
                <Checkbox
                  key={id}
                  label={<span className="break-all">{name}</span>}
                  hint={`${counted(rows, 'row')}, ${counted(columnCount, 'column')}`}
                  checked={context.datasetIds.includes(id)}
                  onChange={(event) => toggled(id, event.target.checked)}
                />
              ))}
            </Group>
          )}
          {shownSources.length > 0 && (
            <Group title="Databases (one at a time)">
              {shownSources.map(({ id, name, kind }) => (
                <Checkbox
                  key={id}
                  label={<span className="break-all">{name}</span>}
                  hint={kind}
                  checked={context.sourceId === id}
                  onChange={(event) => onChange({ ...context, sourceId: event.target.checked ? id : null })}
                />
              ))}
            </Group>
          )}
          {hasDocuments && (
            <Group title="Documents">
              <Checkbox
                label="All documents"
                hint="Passages that fit are quoted. Beside data, figures come from the data and rules, terms and reasons from the documents."
                checked={context.documents}
                onChange={(event) => onChange({ ...context, documents: event.target.checked })}
              />
            </Group>
          )}
          {shownData.length + shownSources.length === 0 && search !== '' && (
            <p className="text-soft">Nothing is called “{search}”.</p>
          )}
        </div>
      )}
    </Dialog>
  );
}
