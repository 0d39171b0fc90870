import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/http';
import type { ModelUsage, Usage } from '@/api/shapes';
import { bytes, dollars, number } from '@/components/format';
import { List } from '@/components/List';
import { Loaded } from '@/components/Loaded';
import { Section, useTitle } from '@/components/Page';
import { ProgressBar } from '@/components/small';

/** What was used, of what may be used. */
export function UsagePart() {
  useTitle('Usage');
  const usage = useQuery({ queryKey: ['usage'], queryFn: () => api.get<Usage>('/usage') });
  const models = useQuery({ queryKey: ['model-usage'], queryFn: () => api.get<ModelUsage>('/models/usage') });
  return (
    <>
      <Section title="Used">
        <Loaded query={usage}>
          {({ questions, tokens, bytes: stored, limits }) => (
            <dl className="grid gap-5 sm:grid-cols-3">
              <Used name="Questions" used={questions} limit={limits?.questions} write={number} />
              <Used name="Tokens" used={tokens} limit={limits?.tokens} write={number} />
              <Used name="Stored" used={stored} limit={limits?.bytes} write={bytes} />
            </dl>
          )}
        </Loaded>
      </Section>
      <Section title="Models">
        <Loaded query={models}>
          {(all) =>
            all.calls === 0 ? (
              <p className="text-soft">No model has been called{all.days ? ` in ${all.days} days` : ''}.</p>
            ) : (
              <List
                flush
                label="Use of models"
                items={[...all.byModel, { ...all, name: 'All' }]}
                keyOf={(one) => one.name}
                columns={[
                  { title: 'Model', cell: (one) => <span className="break-all">{one.name}</span> },
                  { title: 'Calls', right: true, cell: (one) => number(one.calls) },
                  { title: 'Tokens read', right: true, wideOnly: true, cell: (one) => number(one.tokensIn) },
                  { title: 'Tokens written', right: true, wideOnly: true, cell: (one) => number(one.tokensOut) },
                  { title: 'Cost', right: true, cell: (one) => (one.cost === null ? '–' : dollars(one.cost)) },
                ]}
              />
            )
          }
        </Loaded>
      </Section>
    </>
  );
}

function Used({
  name,
  used,
  limit,
  write,
}: {
  name: string;
  used: number;
  limit: number | null | undefined;
  write: (value: number) => string;
}) {
  return (
    <div>
      <dt className="text-sm text-soft">{name}</dt>
      <dd>
        <span className="text-xl font-semibold tabular-nums">{write(used)}</span>
        {limit ? (
          <>
            <span className="text-soft">{` of ${write(limit)}`}</span>
            <span className="mt-1.5 block">
              <ProgressBar value={used / limit} label={`${name} used`} />
            </span>
          </>
        ) : (
          <span className="block text-sm text-soft">no limit</span>
        )}
      </dd>
    </div>
  );
}
