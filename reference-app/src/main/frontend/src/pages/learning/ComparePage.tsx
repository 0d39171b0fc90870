import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { Link, useSearchParams } from 'react-router';
import { api } from '@/api/http';
import { useMay } from '@/app/session';
import { Page, Section } from '@/components/Page';
import { Badge } from '@/components/small';
import { ErrorState, NoPermission, Skeleton } from '@/components/states';
import type { Comparison, Difference, TrainedModel } from './shapes';
import { algorithmName, metricName, scoreText, signed } from './words';

/** Models side by side that were judged on the same rows; their ids stand in the address. */
export function ComparePage() {
  const [params] = useSearchParams();
  const ids = params.get('ids') ?? '';
  const mayRead = useMay('dataset:get');
  const query = useQuery({
    queryKey: ['trained-models', 'comparison', ids],
    queryFn: ({ signal }) => api.get<Comparison>('/trained-models/comparison', { ids }, signal),
    enabled: mayRead && ids !== '',
    retry: false,
  });
  return (
    <Page
      title="Models side by side"
      lead={
        <Link to="/learning" className="inline-flex items-center gap-1 text-accent hover:underline">
          <ArrowLeft size={15} aria-hidden />
          Learning
        </Link>
      }
    >
      {!mayRead ? (
        <NoPermission detail="Looking at trained models needs the right “dataset:get”, which your role doesn’t include." />
      ) : ids === '' ? (
        <p className="text-soft">Choose two models or more on the page Learning.</p>
      ) : query.error ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : query.data ? (
        <SideBySide comparison={query.data} />
      ) : (
        <Skeleton lines={6} label="Comparing the models" />
      )}
    </Page>
  );
}

function SideBySide({ comparison }: { comparison: Comparison }) {
  const { models, differences, target, note } = comparison;
  const metrics = models[0]?.metrics.map(({ name }) => name) ?? [];
  // Of the same training and test rows, so it is the same of all.
  const baseline = (metric: string) => models[0]?.metrics.find(({ name }) => name === metric)?.baseline ?? null;
  const hasBaseline = metrics.some((metric) => baseline(metric) !== null);
  const difference = (model: string, metric: string) =>
    differences.find((each) => each.model === model && each.metric === metric);
  const cell = 'px-3 py-2.5 text-right align-top tabular-nums last:pr-4';
  return (
    <Section title={`Predicting ${target}`}>
      <div
        role="region"
        aria-label="Metrics of the models"
        // A table that is wider than its place is scrolled by keyboard, too.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="-mx-4 -mt-4 overflow-x-auto"
      >
        <table aria-label="Models side by side" className="w-full">
          <thead>
            <tr className="border-b text-left text-sm">
              <th scope="col" className="py-2 pr-3 pl-4 align-bottom text-xs font-medium text-soft">
                Metric
              </th>
              {models.map(({ model }, index) => (
                <th key={model.id} scope="col" className="min-w-24 px-3 py-2 text-right align-bottom last:pr-4">
                  <ModelName model={model} />
                  {index === 0 && <Badge tone="good">the best</Badge>}
                </th>
              ))}
              {hasBaseline && (
                <th scope="col" className="px-3 py-2 text-right align-bottom text-xs font-medium text-soft last:pr-4">
                  Baseline
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {metrics.map((metric) => (
              <tr key={metric} className="border-b last:border-b-0">
                <th scope="row" className="py-2.5 pr-3 pl-4 text-left align-top font-normal">
                  {metricName(metric)}
                </th>
                {models.map(({ model, metrics: all }) => (
                  <td key={model.id} className={cell}>
                    <span className="font-medium">
                      {scoreText(all.find(({ name }) => name === metric)?.value ?? null)}
                    </span>
                    <DifferenceText of={difference(model.id, metric)} />
                  </td>
                ))}
                {hasBaseline && <td className={cell}>{scoreText(baseline(metric))}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-3 max-w-prose text-sm text-soft">
        {differences.length > 0 &&
          'Below each number stands how far it is from that of the best model, and the bounds of 95 in 100 resamples of the same test rows. '}
        {note}
      </p>
    </Section>
  );
}

function ModelName({ model }: { model: TrainedModel }) {
  return (
    <>
      <Link to={`/learning/${model.id}`} className="font-medium wrap-anywhere text-accent hover:underline">
        {model.name}
        {model.version > 1 && ` v${model.version}`}
      </Link>
      <span className="block text-xs font-normal text-soft">{algorithmName(model.algorithm)}</span>
    </>
  );
}

function DifferenceText({ of }: { of: Difference | undefined }) {
  if (of === undefined || of.value === null) return null;
  return (
    <span className="block text-sm text-soft">
      <span className="whitespace-nowrap">{signed(of.value)}</span>{' '}
      <span className="sm:whitespace-nowrap">
        ({signed(of.low)} to {signed(of.high)})
      </span>{' '}
      {!of.clear && <Badge tone="warn">may be by chance</Badge>}
    </span>
  );
}
