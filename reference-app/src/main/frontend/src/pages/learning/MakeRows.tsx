import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/api/http';
import type { Job } from '@/api/shapes';
import { Button } from '@/components/Button';
import { Field, Input } from '@/components/fields';
import { JobRow, problemOf, useJob } from '@/components/jobs';
import { onSubmit } from '@/components/onSubmit';
import { Section } from '@/components/Page';
import { Note } from '@/components/small';
import { ErrorState, Refusal } from '@/components/states';
import type { ModelCard } from './shapes';

const ROWS = 1000;
const MOST_ROWS = 1_000_000;
const SEED = 42;
const MOST_NAME = 200;

/** Has a generative network make rows, into a new data set. */
export function MakeRows({ card }: { card: ModelCard }) {
  const client = useQueryClient();
  const [rows, setRows] = useState(String(ROWS));
  const [seed, setSeed] = useState(String(SEED));
  const [name, setName] = useState(() => `Rows made by ${card.model.name}`.replace(/[/\\]/g, ' ').slice(0, MOST_NAME));
  const [begun, setBegun] = useState<string | null>(null);
  const [ended, setEnded] = useState<Job | null>(null);
  const { job } = useJob(begun, (last) => {
    setEnded(last);
    void client.invalidateQueries({ queryKey: ['datasets'] });
  });
  const make = useMutation({
    mutationFn: () =>
      api.post<Job>(`/trained-models/${card.model.id}/rows`, {
        rows: Number(rows),
        seed: Number(seed),
        name: name.trim(),
      }),
    onSuccess: (next) => {
      setEnded(null);
      setBegun(next.id);
    },
  });
  const isMoving = begun !== null && ended === null;
  return (
    <Section title="Make rows">
      <form className="flex flex-col gap-3" onSubmit={onSubmit(() => make.mutate())}>
        <Note tone="warn">
          Made rows look like those that the model learnt from, and none of them is real. The new data set says so, too.
        </Note>
        <Field label="How many rows" required>
          <Input
            type="number"
            min={1}
            max={MOST_ROWS}
            step={1}
            value={rows}
            onChange={(event) => setRows(event.target.value)}
          />
        </Field>
        <Field label="Seed" required hint="The same seed makes the same rows.">
          <Input type="number" step={1} value={seed} onChange={(event) => setSeed(event.target.value)} />
        </Field>
        <Field label="Name of the new data set" required>
          <Input value={name} maxLength={MOST_NAME} onChange={(event) => setName(event.target.value)} />
        </Field>
        {isMoving && job && <JobRow job={job} />}
        <Button
          look="primary"
          type="submit"
          busy={make.isPending || isMoving}
          disabled={rows === '' || seed === '' || name.trim() === ''}
        >
          Make rows
        </Button>
        {make.error && <Refusal error={make.error} />}
        {ended?.state === 'failed' && <ErrorState error={problemOf(ended)} compact />}
        <div role="status">
          {ended?.state === 'cancelled' && <p>Cancelled: no rows were kept.</p>}
          {ended?.state === 'done' && ended.result && (
            <p>
              Done:{' '}
              <Link to={`/datasets/${ended.result.id}?tab=data`} className="break-all text-accent underline">
                see the rows that were made
              </Link>
            </p>
          )}
        </div>
      </form>
    </Section>
  );
}
