import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/api/http';
import type { Job } from '@/api/shapes';
import { Button } from '@/components/Button';
import { Field, Input, Select, TextArea } from '@/components/fields';
import { number } from '@/components/format';
import { JobRow, problemOf, useJob } from '@/components/jobs';
import { onSubmit } from '@/components/onSubmit';
import { Section } from '@/components/Page';
import { Facts, ProgressBar } from '@/components/small';
import { ErrorState, Refusal } from '@/components/states';
import { DatasetField, useChosen, useDatasets } from './datasets';
import { PictureInput } from './PictureInput';
import type { ModelCard, Prediction } from './shapes';
import { cellOf, inputOf, scoreText } from './words';
import { Why, type Row } from './Why';

/** A form for the columns of one row. */
export function OneRow({ card }: { card: ModelCard }) {
  const [typed, setTyped] = useState<Record<string, string>>({});
  const reads = (card.spec?.algorithm as { input?: string } | undefined)?.input;
  const predict = useMutation({
    mutationFn: async () => {
      const row: Row = Object.fromEntries(
        card.columns.map(({ name, type }) => [name, cellOf(type, typed[name] ?? '')]),
      );
      const [prediction] = await api.post<Prediction[]>(`/trained-models/${card.model.id}/predictions`, {
        rows: [row],
      });
      return { row, prediction };
    },
  });
  const { row, prediction } = predict.data ?? {};
  return (
    <Section title="Predict one row">
      <form className="flex flex-col gap-3" onSubmit={onSubmit(() => predict.mutate())}>
        {card.columns.map(({ name, type }) => (
          <Field key={name} label={name} unmarked>
            {type === 'boolean' ? (
              <Select
                value={typed[name] ?? ''}
                onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
              >
                <option value="">Not known</option>
                <option value="true">Yes</option>
                <option value="false">No</option>
              </Select>
            ) : reads === 'picture' ? (
              <PictureInput onChosen={(picture) => setTyped({ ...typed, [name]: picture })} />
            ) : reads === 'text' ? (
              <TextArea
                placeholder="not known"
                value={typed[name] ?? ''}
                onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
              />
            ) : (
              <Input
                type={inputOf(type)}
                step="any"
                placeholder="not known"
                value={typed[name] ?? ''}
                onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <Button type="submit" look="primary" busy={predict.isPending}>
          Predict
        </Button>
        {predict.error && <Refusal error={predict.error} />}
        <div role="status">
          {prediction && <Predicted target={card.model.target || 'This row'} prediction={prediction} />}
        </div>
      </form>
      {row && prediction && card.model.source !== 'imported' && (
        <Why key={JSON.stringify(row)} model={card.model.id} row={row} />
      )}
    </Section>
  );
}

function Predicted({ target, prediction }: { target: string; prediction: Prediction }) {
  const told = Object.entries(prediction.numbers);
  const tellsNothing = prediction.label === '' && prediction.value === null;
  const shares = Object.entries(prediction.shares).toSorted(([, one], [, other]) => other - one);
  return (
    <div className="rounded-md bg-sunken p-3">
      {(prediction.label !== '' || told.length === 0) && (
        <p className="break-words">
          {target}:{' '}
          {tellsNothing ? (
            'nothing can be told of this row. Give the values that are missing.'
          ) : (
            <strong>{prediction.label || scoreText(prediction.value)}</strong>
          )}
        </p>
      )}
      {told.length > 0 && <Facts facts={told.map(([name, value]) => [name, scoreText(value)])} />}
      {shares.length > 0 && (
        <ul className="mt-2 flex flex-col gap-2 text-sm">
          {shares.slice(0, 10).map(([name, share]) => (
            <li key={name}>
              <div className="flex justify-between gap-2">
                <span className="min-w-0 break-words">{name}</span>
                <span className="tabular-nums">{number(Math.round(share * 1000) / 10)} %</span>
              </div>
              <ProgressBar value={share} label={`Share of ${name}`} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** All rows of a data set, into a new one. */
export function WholeDataset({ card }: { card: ModelCard }) {
  const client = useQueryClient();
  const [typed, setTyped] = useState<string | null>(null);
  const [begun, setBegun] = useState<string | null>(null);
  const [ended, setEnded] = useState<Job | null>(null);
  const datasets = useDatasets();
  const { job } = useJob(begun, (last) => {
    setEnded(last);
    void client.invalidateQueries({ queryKey: ['datasets'] });
  });
  const items = datasets.data?.items ?? [];
  const offered = items.find((item) => item.name === card.model.datasetName) ?? items[0];
  const [id, setChosen] = useChosen('', offered?.id);
  const source = items.find((item) => item.id === id);
  const name = typed ?? (source ? `${source.name} with ${card.model.target || card.model.name}` : '');
  const predict = useMutation({
    mutationFn: () => api.post<Job>(`/trained-models/${card.model.id}/datasets`, { datasetId: id, name: name.trim() }),
    onSuccess: (next) => {
      setEnded(null);
      setBegun(next.id);
    },
  });
  const isMoving = begun !== null && ended === null;
  return (
    <Section title="Predict a data set">
      <form className="flex flex-col gap-3" onSubmit={onSubmit(() => predict.mutate())}>
        <DatasetField items={items} id={id} onChosen={setChosen} />
        <Field label="Name of the new data set" required>
          <Input value={name} onChange={(event) => setTyped(event.target.value)} />
        </Field>
        {isMoving && job && <JobRow job={job} />}
        <Button type="submit" busy={predict.isPending || isMoving} disabled={id === '' || name.trim() === ''}>
          Predict all rows
        </Button>
        {predict.error && <Refusal error={predict.error} />}
        {ended?.state === 'failed' && <ErrorState error={problemOf(ended)} compact />}
        <div role="status">
          {ended?.state === 'done' && ended.result && (
            <p>
              Done:{' '}
              <Link to={`/datasets/${ended.result.id}?tab=data`} className="break-all text-accent underline">
                see the rows with their predictions
              </Link>
            </p>
          )}
        </div>
      </form>
    </Section>
  );
}
