import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/http';
import type { LearningDevices, ModelUsage, Usage } from '@/api/shapes';
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
  const devices = useQuery({
    queryKey: ['devices'],
    queryFn: () => api.get<LearningDevices>('/studio/devices'),
    staleTime: Infinity,
  });
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
      <Section title="Machine">
        <Loaded query={devices}>
          {({ cpuThreads, cards, cardsNote, boostingNote }) => (
            <dl className="grid gap-5 sm:grid-cols-3">
              <div>
                <dt className="text-sm text-soft">Processor</dt>
                <dd className="text-xl font-semibold tabular-nums">
                  {`${number(cpuThreads)} ${cpuThreads === 1 ? 'thread' : 'threads'}`}
                </dd>
              </div>
              <div className="min-w-0">
                <dt className="text-sm text-soft">Cards</dt>
                <dd>
                  {cards.length === 0 ? (
                    <>
                      <span className="text-xl font-semibold">None</span>
                      <span className="block text-sm text-soft">{cardsNote}</span>
                    </>
                  ) : (
                    <ul>
                      {cards.map((card, place) => (
                        <li key={place}>
                          <span className="font-semibold">{card.name}</span>
                          <span className="block text-sm text-soft">
                            {[card.memoryBytes > 0 && bytes(card.memoryBytes), card.driver && `driver ${card.driver}`]
                              .filter(Boolean)
                              .join(', ')}
                          </span>
                        </li>
                      ))}
                    </ul>
                  )}
                </dd>
              </div>
              <div className="min-w-0">
                <dt className="text-sm text-soft">Learning</dt>
                <dd className="text-sm wrap-anywhere">{boostingNote}</dd>
              </div>
            </dl>
          )}
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
