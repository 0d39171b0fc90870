import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowDown, LoaderCircle, RotateCcw } from 'lucide-react';
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api } from '@/api/http';
import { announce } from '@/components/announce';
import { Button } from '@/components/Button';
import { Note } from '@/components/small';
import { ErrorState, Skeleton } from '@/components/states';
import { toastFailed } from '@/components/Toasts';
import { Answer, type AnswerActions } from './Answer';
import { lastQuestion, titleOf as shortened } from './branch';
import { AgentChooser, ModelChooser } from './Choosers';
import { Composer } from './Composer';
import { ContextChips, isEmpty, NO_CONTEXT } from './ContextPicker';
import { AUTO, useAgents, useCapabilities, useSubjects } from './data';
import { keepDraft, keptDraft } from './drafts';
import { Spot } from './found';
import { LiveAnswer } from './LiveAnswer';
import { askedOf } from './message';
import { Question, QuestionText } from './Question';
import { Narrator } from './sentences';
import type { Context, Conversation, Message } from './shapes';
import { begin, fetchBranch, messagesKey, shownBranch, Talk, type Failed } from './talk';
import { draftsShown } from './turn';
import { useFollowing } from './useFollowing';
import { useVisit } from './useVisit';
import { Welcome } from './Welcome';

/** One talk for this page, which follows at most one answer. */
function useTalk() {
  const client = useQueryClient();
  const [talk] = useState(() => new Talk(client));
  const state = useSyncExternalStore(talk.subscribe, talk.state);
  useEffect(() => {
    const narrator = new Narrator(announce);
    let writing = '';
    talk.tell((live, answer) => {
      if (answer !== null) {
        narrator.finish(answer.text);
        writing = '';
      } else if (live === null) {
        narrator.stop();
        writing = '';
      } else {
        if (writing !== live.turn.id) announce('The answer is being written');
        writing = live.turn.id;
        narrator.tell(
          draftsShown(live.turn)
            .map((draft) => draft.text)
            .join('\n\n'),
        );
      }
    });
    return () => {
      narrator.stop();
      talk.leave();
    };
  }, [talk]);
  return { talk, ...state };
}

/** What a question is about, who answers it and with which model: what was chosen, or what the last question had. */
function useChoices(id: string | undefined, branch: Message[]) {
  const [params] = useSearchParams();
  const { datasets } = useSubjects();
  const [chosen, setChosen] = useState<{ for: string; context?: Context; agent?: string; model?: string }>({ for: '' });
  const here = id ?? '';
  const mine = chosen.for === here ? chosen : { for: here };
  const last = askedOf(lastQuestion(branch));
  const named = params.get('dataset');
  const only = datasets.length === 1 ? datasets[0] : undefined;
  const fallback: Context = {
    ...NO_CONTEXT,
    datasetIds: named !== null ? [named] : id === undefined && only !== undefined ? [only.id] : [],
  };
  return {
    context: mine.context ?? last?.context ?? fallback,
    agent: mine.agent ?? (last?.agent || AUTO),
    model: mine.model ?? last?.model ?? '',
    choose: (part: Omit<typeof chosen, 'for'>, where = here) => setChosen({ ...mine, ...part, for: where }),
  };
}

/** A conversation: what was said, what is being said, and where to say more. */
export function Thread({ id, conversation }: { id: string | undefined; conversation: Conversation | undefined }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const { talk, live: anyLive, failed: anyFailed } = useTalk();
  const live = anyLive?.conversation === id ? anyLive : null;
  const failed = anyFailed?.conversation === id ? anyFailed : null;
  const query = useQuery({
    queryKey: messagesKey(id ?? ''),
    queryFn: ({ signal }) => fetchBranch(id ?? '', signal),
    enabled: id !== undefined,
  });
  const branch = useMemo(() => (id === undefined ? [] : (query.data ?? [])), [id, query.data]);
  const shown = useMemo(() => shownBranch(branch, live), [branch, live]);
  const { context, agent, model, choose } = useChoices(id, branch);
  const { titleOf } = useAgents();
  const { datasets } = useSubjects();
  const capabilities = useCapabilities();
  const isWithoutModel = capabilities?.llm_configured === false;
  const [text, setText] = useState(() => params.get('question') ?? keptDraft(id));
  const [editing, setEditing] = useState<number | null>(null);
  const [beginning, setBeginning] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const { end, isAtEnd, toEnd, toPart } = useFollowing([shown, live]);
  const { wanted, isMissed } = useVisit(id !== undefined && query.isSuccess && !query.isFetching, toEnd, toPart);
  const isIdle = live === null && !beginning && !conversation?.busy;
  // A question that nobody answers any more: the process that did was ended.
  const last = shown.at(-1);
  const isSettled = conversation?.id === id && isIdle && failed === null && query.isSuccess;
  const cutOff = isSettled && last?.role === 'user' ? last.number : null;

  // Another conversation: what was written for it, and nothing of the one before.
  const before = useRef(id);
  const changed = useEffectEvent(() => {
    if (before.current === id) return;
    before.current = id;
    setEditing(null);
    setText(keptDraft(id));
    if (talk.state().live?.conversation !== id) talk.leave();
    if (wanted !== null) return;
    // The page around takes the focus when its address changes.
    requestAnimationFrame(() => box.current?.focus({ preventScroll: true }));
  });
  useEffect(() => changed(), [id]);

  // It is being answered, begun by another tab or before this page was loaded.
  const isBusy = conversation?.id === id && conversation?.busy === true;
  const isFollowed = live !== null;
  useEffect(() => {
    if (id !== undefined && isBusy && !isFollowed) talk.follow(id);
  }, [talk, id, isBusy, isFollowed]);

  // Another tab said something, or chose another branch.
  const head = conversation?.id === id ? conversation?.head : undefined;
  const shownHead = query.data?.at(-1)?.number ?? 0;
  useEffect(() => {
    if (id === undefined || head === undefined || isFollowed || query.data === undefined || head === shownHead) return;
    void client.invalidateQueries({ queryKey: messagesKey(id) });
    // Only when the server's word changes; what is shown may be ahead of it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, id, head]);

  const write = (next: string) => {
    setText(next);
    keepDraft(id, next);
  };

  const ask = async (message: string, about: Context = context) => {
    const request = { message, agent, model, context: about };
    if (id !== undefined) {
      talk.ask(id, request, branch.at(-1)?.number ?? 0);
      return;
    }
    setBeginning(true);
    try {
      const begun = await begin(shortened(message), agent === AUTO ? '' : agent);
      client.setQueryData(messagesKey(begun.id), []);
      choose({ context: about, agent, model }, begun.id);
      talk.ask(begun.id, request, 0);
      setParams({}, { replace: true });
      await navigate(`/assistant/${begun.id}`, { replace: true });
    } catch (error) {
      write(message);
      toastFailed(error);
    } finally {
      setBeginning(false);
    }
  };
  const send = () => {
    const message = text.trim();
    write('');
    toEnd();
    void ask(message);
  };
  const change = (question: Message, message: string) => {
    if (id === undefined) return;
    setEditing(null);
    box.current?.focus({ preventScroll: true });
    const about = askedOf(question)?.context ?? context;
    talk.ask(id, { message, agent, model, context: about }, question.parent, question.number);
  };
  const stop = () =>
    void (live === null && id !== undefined ? api.post(`/conversations/${id}/stop`) : talk.stop()).catch(toastFailed);
  const question = lastQuestion(shown);
  const editLast = isIdle && question ? () => setEditing(question.number) : undefined;

  const chooseBranch = async (number: number) => {
    try {
      await api.post(`/conversations/${id}/choose`, { number });
      await client.invalidateQueries({ queryKey: messagesKey(id ?? '') });
    } catch (error) {
      toastFailed(error);
    }
  };
  const rate = async (number: number, value: Message['rating']) => {
    const set = (rating: Message['rating']) =>
      client.setQueryData<Message[]>(messagesKey(id ?? ''), (all) =>
        all?.map((message) => (message.number === number ? { ...message, rating } : message)),
      );
    const old = branch.find((message) => message.number === number)?.rating ?? null;
    set(value);
    try {
      await api.post(`/conversations/${id}/feedback`, { number, value });
      announce(value === null ? 'Feedback taken back' : 'Thank you for the feedback');
    } catch (error) {
      set(old);
      toastFailed(error);
    }
  };
  const actionsOf = useActions({
    ask,
    chooseBranch,
    rate,
    retry: (number) => id !== undefined && talk.retry(id, number),
  });

  const isArchived = conversation?.status === 'archived';
  const isNew = id === undefined && !beginning;
  const pendingText = live?.pending?.text && live.turn.question === null ? live.pending.text : null;
  return (
    <div className="flex grow flex-col">
      <div className="mx-auto flex w-full max-w-3xl grow flex-col gap-6 px-3 pt-5 pb-6 sm:px-5">
        {isNew && (
          <Welcome
            onAsk={(first, datasetId) => {
              const about = { ...NO_CONTEXT, datasetIds: [datasetId] };
              choose({ context: about });
              void ask(first, about);
            }}
          />
        )}
        {id !== undefined && query.isPending && <Skeleton lines={6} label="Loading the conversation" />}
        {query.error && branch.length === 0 && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {id !== undefined && query.data?.length === 0 && live === null && failed === null && !isBusy && (
          <p className="py-10 text-center text-soft">Nothing was said here yet.</p>
        )}
        {isMissed && (
          <Note tone="warn">
            <p role="status">
              The message that was found is not on the branch that is shown. Another version of a question or answer was
              chosen since.
            </p>
          </Note>
        )}
        {shown.map((message) => (
          <Spot key={message.number} number={message.number} isFound={message.number === wanted}>
            {message.role === 'user' ? (
              <Question
                message={message}
                isIdle={isIdle && !isArchived}
                isEditing={editing === message.number}
                onEdit={(on) => {
                  setEditing(on ? message.number : null);
                  if (!on) box.current?.focus({ preventScroll: true });
                }}
                onChange={(next) => change(message, next)}
                onChoose={(number) => void chooseBranch(number)}
              />
            ) : (
              <Answer
                message={message}
                titleOf={titleOf}
                isIdle={isIdle && !isArchived}
                datasetId={onlyDataset(shown, message, datasets)}
                actions={actionsOf(message)}
              />
            )}
          </Spot>
        ))}
        {pendingText !== null && <QuestionText text={pendingText} />}
        {live !== null && live.turn.answer === null && <LiveAnswer live={live} titleOf={titleOf} />}
        {isBusy && live === null && last?.role === 'user' && (
          <p role="status" className="flex items-center gap-2 text-soft">
            <LoaderCircle size={15} className="shrink-0 animate-spin" aria-hidden />
            It is being answered elsewhere. The answer shows here when it is whole.
          </p>
        )}
        {cutOff !== null && editing !== cutOff && !isArchived && (
          <Note tone="warn">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
              <p className="min-w-0">
                The answer was cut off: Studio was ended while it was being written. The question is kept.
              </p>
              <Button size="small" icon={RotateCcw} onClick={() => id !== undefined && talk.retry(id, cutOff)}>
                Ask again
              </Button>
            </div>
          </Note>
        )}
        {failed && <NotAsked failed={failed} isIdle={isIdle} onDismiss={() => talk.dismiss()} onBack={write} />}
        <div ref={end} aria-hidden className="h-px" />
      </div>
      <div className="sticky bottom-14 z-10 bg-linear-to-t from-paper from-80% to-transparent px-3 pt-3 pb-3 sm:bottom-0 sm:px-5">
        <div className="relative mx-auto w-full max-w-3xl">
          {!isAtEnd && shown.length > 0 && (
            <div className="absolute -top-11 right-0 left-0 flex justify-center">
              <Button size="small" icon={ArrowDown} className="rounded-full! shadow-float" onClick={toEnd}>
                To the end
              </Button>
            </div>
          )}
          <Composer
            box={box}
            text={text}
            onText={write}
            onSend={send}
            onStop={stop}
            onEditLast={editLast}
            answering={live !== null || isBusy || beginning}
            stopping={live?.phase === 'stopping'}
            {...(isArchived && { disabled: 'Archived: take it out of the archive to go on' })}
            chips={<ContextChips context={context} onChange={(next) => choose({ context: next })} />}
            choosers={
              <>
                <AgentChooser value={agent} onChange={(next) => choose({ agent: next })} />
                <ModelChooser value={model} onChange={(next) => choose({ model: next })} />
              </>
            }
            note={<ComposerNote isWithoutModel={isWithoutModel} isUnanchored={isEmpty(context)} />}
          />
        </div>
      </div>
    </div>
  );
}

/** The data set that the question of an answer was about, where it was one. */
function onlyDataset(branch: Message[], answer: Message, datasets: { id: string }[]): string | null {
  const sources = branch.find((message) => message.number === answer.parent)?.detail.asked?.sources ?? [];
  const [only] = sources;
  return sources.length === 1 && only !== undefined && datasets.some(({ id }) => id === only) ? only : null;
}

function ComposerNote({ isWithoutModel, isUnanchored }: { isWithoutModel: boolean; isUnanchored: boolean }) {
  if (!isWithoutModel) return isUnanchored ? <span>Nothing is chosen to ask about.</span> : null;
  return (
    <span>
      Partial: no model. <span className="max-sm:sr-only">The built-in planner answers.</span>{' '}
      <Link to="/settings/models" className="text-accent underline">
        Settings
      </Link>
    </span>
  );
}

/** What can be done with each answer, the same as long as nothing of it changes. */
function useActions(does: {
  ask: (question: string) => Promise<void>;
  chooseBranch: (number: number) => Promise<void>;
  rate: (number: number, value: Message['rating']) => Promise<void>;
  retry: (number: number) => void;
}) {
  const latest = useRef(does);
  useEffect(() => {
    latest.current = does;
  });
  // By what they are about: conversations give the same numbers to other messages.
  const cache = useRef(new Map<string, AnswerActions>());
  return useCallback((message: Message): AnswerActions => {
    const known = cache.current.get(`${message.parent}-${message.number}`);
    if (known) return known;
    const actions: AnswerActions = {
      onRetry: () => latest.current.retry(message.parent),
      onChoose: (number) => void latest.current.chooseBranch(number),
      onFeedback: (value) => void latest.current.rate(message.number, value),
      onAsk: (question) => void latest.current.ask(question),
    };
    cache.current.set(`${message.parent}-${message.number}`, actions);
    return actions;
  }, []);
}

/** A question that could not be asked, or an answer that broke off. */
function NotAsked({
  failed: { problem, pending, isBusy },
  isIdle,
  onDismiss,
  onBack,
}: {
  failed: Failed;
  isIdle: boolean;
  onDismiss: () => void;
  onBack: (text: string) => void;
}) {
  const text = pending?.text ?? null;
  return (
    <div className="flex flex-col gap-3">
      {text !== null && (
        <div className="opacity-70">
          <QuestionText text={text} />
        </div>
      )}
      {isBusy ? (
        <p role="status" className="rounded-lg border bg-sunken px-3 py-2">
          {isIdle
            ? 'The other answer is there. Your question can be sent now.'
            : 'A question of another tab is being answered here. Yours can be sent when that is done.'}
        </p>
      ) : (
        <ErrorState error={problem} compact />
      )}
      {pending && (
        <div className="flex flex-wrap justify-end gap-2">
          <Button
            size="small"
            look="quiet"
            onClick={() => {
              if (text !== null) onBack(text);
              onDismiss();
            }}
          >
            {text === null ? 'Leave it' : 'Take it back'}
          </Button>
          <Button size="small" look="primary" disabled={!isIdle} onClick={pending.again}>
            {text === null ? 'Try again' : 'Send again'}
          </Button>
        </div>
      )}
    </div>
  );
}
