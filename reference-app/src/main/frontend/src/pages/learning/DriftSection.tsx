import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/http';
import type { Job } from '@/api/shapes';
import { Button } from '@/components/Button';
import { counted } from '@/components/format';
import { JobRow, problemOf, useJob } from '@/components/jobs';
import { List } from '@/components/List';
import { onSubmit } from '@/components/onSubmit';
import { Section } from '@/components/Page';
import { Badge, Note, type Tone } from '@/components/small';
import { ErrorState, Refusal } from '@/components/states';
import { DatasetField, useChosen, useDatasets } from './datasets';
import type { ColumnDrift, DriftCheck, ModelCard } from './shapes';
import { driftNotes, scoreText } from './words';

const READINGS: Record<string, { text: string; tone: Tone }> = {
  stable: { text: 'stable', tone: 'good' },
  moved: { text: 'has moved', tone: 'warn' },
  different: { text: 'is different', tone: 'bad' },
  unknown: { text: 'not recorded', tone: 'plain' },
};

function Reading({ of }: { of: string }) {
  const { text, tone } = READINGS[of] ?? { text: of, tone: 'plain' };
  return <Badge tone={tone}>{text}</Badge>;
}

/** Whether the rows of a data set still look like those that the model learnt from. */
export function DriftSection({ card }: { card: ModelCard }) {
  const [begun, setBegun] = useState<string | null>(null);
  const [ended, setEnded] = useState<Job | null>(null);
  const datasets = useDatasets();
  const { job } = useJob(begun, setEnded);
  const items = datasets.data?.items ?? [];
  const offered = items.find((item) => item.id !== card.model.datasetId) ?? items[0];
  const [id, setChosen] = useChosen('', offered?.id);
  const check = useMutation({
    mutationFn: () => api.post<Job>(`/trained-models/${card.model.id}/drift`, { datasetId: id }),
    onSuccess: (next) => {
      setEnded(null);
      setBegun(next.id);
    },
  });
  const isMoving = begun !== null && ended === null;
  return (
    <Section title="Do other rows look alike?">
      <p className="max-w-prose text-soft">
        A model can be trusted with rows like those that it learnt from. This compares each of its columns with a data
        set.
      </p>
      <form className="mt-3 flex flex-wrap items-end gap-3" onSubmit={onSubmit(() => check.mutate())}>
        <DatasetField
          label="Data set to compare"
          items={items}
          id={id}
          className="w-full max-w-96"
          onChosen={setChosen}
        />
        <Button type="submit" busy={check.isPending || isMoving} disabled={id === ''}>
          Compare its rows
        </Button>
      </form>
      <div className="mt-3 flex flex-col gap-3 empty:hidden">
        {isMoving && job && <JobRow job={job} />}
        {check.error && <Refusal error={check.error} />}
        {ended?.state === 'failed' && <ErrorState error={problemOf(ended)} compact />}
        {ended?.state === 'done' && <Found job={ended.id} />}
      </div>
    </Section>
  );
}

function Found({ job }: { job: string }) {
  const { data, error } = useQuery({
    queryKey: ['drift', job],
    queryFn: ({ signal }) => api.get<DriftCheck>(`/jobs/${job}/drift`, {}, signal),
  });
  if (error) return <ErrorState error={error} compact />;
  const found = data?.found;
  if (!found) return null;
  const tone = READINGS[found.reading]?.tone ?? 'plain';
  return (
    <>
      <div role="status">
        <Note tone={tone === 'accent' ? 'plain' : tone}>
          {found.verdict} {counted(found.rows, 'row was', 'rows were')} looked at.
        </Note>
      </div>
      {found.columns.length > 0 && <Columns columns={found.columns} />}
    </>
  );
}

function Columns({ columns }: { columns: ColumnDrift[] }) {
  return (
    <List
      label="Columns compared with those of training"
      items={columns}
      keyOf={(each) => each.column}
      columns={[
        {
          title: 'Column',
          cell: (each) => (
            <div className="min-w-0">
              <span className="break-words">{each.column}</span>
              <p className="text-sm break-words text-soft md:hidden">{driftNotes(each).join('; ')}</p>
            </div>
          ),
        },
        { title: 'Index', right: true, cell: (each) => scoreText(each.index) },
        { title: 'By chance', right: true, wideOnly: true, cell: (each) => `up to ${scoreText(each.byChance)}` },
        { title: 'Reading', cell: (each) => <Reading of={each.reading} /> },
        {
          title: 'Notes',
          wideOnly: true,
          cell: (each) => <span className="break-words text-soft">{driftNotes(each).join('; ')}</span>,
        },
      ]}
    />
  );
}
