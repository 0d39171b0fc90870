import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  ArrowRight,
  Check,
  Circle,
  CircleAlert,
  Database,
  FileText,
  MessagesSquare,
  Upload,
  Workflow,
} from 'lucide-react';
import { useId } from 'react';
import { Link } from 'react-router';
import { api } from '@/api/http';
import type { Dashboard } from '@/api/shapes';
import { useMay, useSession } from '@/app/session';
import { Button, ButtonLink } from '@/components/Button';
import { ago, compactNumber } from '@/components/format';
import { JobRow } from '@/components/jobs';
import { Loaded } from '@/components/Loaded';
import { Page, Section } from '@/components/Page';
import { Badge } from '@/components/small';
import { toastDone, toastFailed } from '@/components/Toasts';

const REFRESH_MS = 10_000;

/** What is here, what runs, what failed, and what to do next. */
export function DashboardPage() {
  const { user, mode } = useSession();
  const query = useQuery({
    queryKey: ['dashboard'],
    queryFn: () => api.get<Dashboard>('/dashboard'),
    refetchInterval: ({ state }) => ((state.data?.runningJobs.length ?? 0) > 0 ? 2000 : REFRESH_MS),
  });
  const mayAdd = useMay('dataset:edit');
  return (
    <Page
      title="Dashboard"
      lead={
        mode === 'single-user' || !user
          ? 'Ask your data a question, or pick up where you left off.'
          : `Welcome, ${user.name}.`
      }
      actions={
        mayAdd && (
          <ButtonLink to="/datasets?add=file" icon={Upload} look="primary">
            Upload data
          </ButtonLink>
        )
      }
    >
      <Loaded query={query} lines={8}>
        {(dashboard) => (
          <div className="flex flex-col gap-5">
            <Counts counts={dashboard.counts} />
            <div className="grid gap-5 lg:grid-cols-[3fr_2fr]">
              <div className="flex min-w-0 flex-col gap-5">
                <Questions dashboard={dashboard} />
                <Running dashboard={dashboard} />
                <Failures dashboard={dashboard} />
              </div>
              <div className="flex min-w-0 flex-col gap-5">
                <Checklist dashboard={dashboard} />
                <Components dashboard={dashboard} />
              </div>
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Counts({ counts }: { counts: Dashboard['counts'] }) {
  const entries = [
    { title: 'Data sets', count: counts.datasets, to: '/datasets', icon: Database },
    { title: 'Documents', count: counts.documents, to: '/documents', icon: FileText },
    { title: 'Graphs', count: counts.graphs, to: '/graphs', icon: Workflow },
    { title: 'Conversations', count: counts.conversations, to: '/assistant', icon: MessagesSquare },
  ];
  return (
    <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line md:grid-cols-4">
      {entries.map(({ title, count, to, icon: Icon }) => (
        <li key={title}>
          <Link to={to} className="flex items-center gap-3 bg-surface px-4 py-3 outline-offset-[-2px] hover:bg-hover">
            <Icon size={20} strokeWidth={1.5} className="shrink-0 text-accent" aria-hidden />
            <span className="min-w-0">
              <span className="block text-xl font-semibold tabular-nums">{compactNumber(count)}</span>
              <span className="block truncate text-sm text-soft">{title}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Questions({ dashboard: { questions, samples } }: { dashboard: Dashboard }) {
  const client = useQueryClient();
  const mayAdd = useMay('dataset:edit');
  const add = useMutation({
    mutationFn: () => api.post('/samples'),
    onSuccess: () => {
      toastDone('The sample data is here');
      return client.invalidateQueries();
    },
    onError: toastFailed,
  });
  return (
    <Section title="Ask something">
      {questions.length === 0 && (
        <p className="text-soft">Upload a data set, and questions to begin with stand here.</p>
      )}
      <div className="flex flex-col gap-4">
        {[...new Set(questions.map(({ datasetId }) => datasetId))].map((id) => (
          <QuestionsAbout key={id} questions={questions.filter(({ datasetId }) => datasetId === id)} />
        ))}
      </div>
      {!samples.present && mayAdd && (
        <div className="mt-3">
          <Button busy={add.isPending} onClick={() => add.mutate()}>
            Add the sample data
          </Button>
        </div>
      )}
    </Section>
  );
}

/** Questions about one data set. */
function QuestionsAbout({ questions }: { questions: Dashboard['questions'] }) {
  const heading = useId();
  return (
    <div>
      <h3 id={heading} className="mb-1.5 text-sm break-all text-soft">
        About {questions[0]?.datasetName}
      </h3>
      <ul aria-labelledby={heading} className="flex flex-col gap-1.5">
        {questions.map(({ datasetId, question }) => (
          <li key={question}>
            <Link
              to={`/datasets/${datasetId}?tab=ask&question=${encodeURIComponent(question)}`}
              className="group flex items-center justify-between gap-3 rounded-md border bg-paper px-3 py-2.5 hover:border-accent"
            >
              <span className="min-w-0 break-words">{question}</span>
              <ArrowRight size={16} className="shrink-0 text-soft group-hover:text-accent" aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Running({ dashboard: { runningJobs } }: { dashboard: Dashboard }) {
  if (runningJobs.length === 0) return null;
  return (
    <Section title="Running">
      <ul className="flex flex-col gap-3">
        {runningJobs.map((job) => (
          <li key={job.id}>
            <JobRow job={job} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Failures({ dashboard: { failures } }: { dashboard: Dashboard }) {
  if (failures.length === 0) return null;
  return (
    <Section title="Failed lately">
      <ul className="flex flex-col gap-2.5">
        {failures.map(({ what, when, link }) => (
          <li key={when + what} className="flex gap-2.5">
            <CircleAlert size={16} className="mt-0.5 shrink-0 text-bad" aria-hidden />
            <div className="min-w-0 grow break-words">
              {link ? (
                <Link to={link} className="underline decoration-edge/50 hover:decoration-current">
                  {what}
                </Link>
              ) : (
                what
              )}
              <span className="block text-xs text-soft">{ago(when)}</span>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Checklist({ dashboard: { checklist } }: { dashboard: Dashboard }) {
  const done = checklist.filter((item) => item.done).length;
  if (checklist.length === 0 || done === checklist.length) return null;
  return (
    <Section
      title="First steps"
      actions={<span className="text-sm text-soft">{`${done} of ${checklist.length}`}</span>}
    >
      <ul className="flex flex-col gap-1">
        {checklist.map((item) => (
          <li key={item.id} className="flex items-start gap-2.5 py-0.5">
            {item.done ? (
              <Check size={16} className="mt-0.5 shrink-0 text-good" aria-label="Done:" />
            ) : (
              <Circle size={16} className="mt-0.5 shrink-0 text-edge" aria-label="To do:" />
            )}
            {item.done ? (
              <span className="text-soft">{item.title}</span>
            ) : (
              <Link to={item.link} className="underline decoration-edge/50 hover:decoration-current">
                {item.title}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

const TONES = { up: 'good', down: 'bad', off: 'plain' } as const;
const WORDS = { up: 'Working', down: 'Failing', off: 'Off' } as const;

function Components({ dashboard: { components } }: { dashboard: Dashboard }) {
  return (
    <Section title="Engine">
      <ul className="flex flex-col gap-2.5">
        {components.map(({ name, state, detail }) => (
          <li key={name} className="flex items-start justify-between gap-3">
            <div className="min-w-0">
              <p className="break-words">{name}</p>
              {detail && <p className="text-xs break-words text-soft">{detail}</p>}
            </div>
            <Badge tone={TONES[state]}>{WORDS[state]}</Badge>
          </li>
        ))}
      </ul>
    </Section>
  );
}
