package dev.datastudio.agents.chat;

import dev.datastudio.agents.agent.Agents;
import dev.datastudio.agents.chat.internal.Approvals;
import dev.datastudio.agents.chat.internal.ChatRuns;
import dev.datastudio.agents.chat.internal.Details;
import dev.datastudio.agents.chat.internal.TurnTask;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.tool.Approval;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversation;
import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.core.conversation.Turn;
import dev.datastudio.core.conversation.Turns;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Conversations with agents. A message goes to a named agent, or to the orchestrator, which chooses one or several and
 * says why: by the model where there is one, and otherwise by rules over the words of the question, its sources, and
 * whether there are tools for documents. Questions, answers and their traces are kept in
 * {@link Conversations}, where an edited question and another answer begin branches.
 *
 * <p>In one conversation one message is answered at a time, in all processes: a second one is refused. Thread-safe.
 */
public final class Chat {
    private static final int MAX_TITLE = 80;
    private static final int LOOKED_AT = 50;

    private final Studio studio;
    private final ChatRuns runs;
    private final Caller caller;
    private final Supplier<Approvals> approvals;

    private Chat(Studio studio, ChatRuns runs, Caller caller, Supplier<Approvals> approvals) {
        this.studio = studio;
        this.runs = runs;
        this.caller = caller;
        this.approvals = approvals;
    }

    /** The chat of a studio, for its own caller; tools may only read. */
    public static Chat of(Studio studio) {
        return studio.feature(Chat.class, any -> {
            ChatLimits limits = any.feature(ChatLimits.class, none -> ChatLimits.DEFAULT);
            ChatRuns runs = new ChatRuns(any, limits);
            any.endingFirst(runs::close);
            return new Chat(any, runs, any.caller(), () -> Approvals.fixed(Approval.READ_ONLY));
        });
    }

    /**
     * Sets how much may be answered at once in a studio, {@link ChatLimits#DEFAULT} unless told; to be called before
     * anybody asks for its chat.
     *
     * @throws IllegalStateException if somebody did, or the limits were set before
     */
    public static void limit(Studio studio, ChatLimits limits) {
        Objects.requireNonNull(limits, "limits");
        AtomicBoolean isFirst = new AtomicBoolean();
        studio.feature(ChatLimits.class, any -> {
            isFirst.set(true);
            return limits;
        });
        if (!isFirst.get()) {
            throw new IllegalStateException("the chat of the studio was made before; give its limits first");
        }
    }

    /** The same for another caller, such as the user of a request. */
    public Chat as(Caller other) {
        return new Chat(studio, runs, Objects.requireNonNull(other, "other"), approvals);
    }

    /** The same with this for tools that do more than read. */
    public Chat approvedBy(Approval value) {
        Objects.requireNonNull(value, "value");
        return new Chat(studio, runs, caller, () -> Approvals.fixed(value));
    }

    /**
     * The same, where a tool that does more than read waits until {@link ChatTurn#decide} says whether it may run.
     *
     * @param limit for how long it waits at most: after that it may not
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Chat askingForApproval(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit must be positive, was " + limit);
        }
        return new Chat(studio, runs, caller, () -> Approvals.asking(limit));
    }

    /** The conversations of this caller: to list, to read, to rename, to archive, to choose branches of. */
    public Conversations conversations() {
        return studio.as(caller).conversations();
    }

    /**
     * Sends a message, and returns as soon as it is kept. Without a conversation, one is begun.
     *
     * @throws StudioException {@link ErrorCode#CONVERSATION_NOT_FOUND}, {@link ErrorCode#CONVERSATION_BUSY} when a message
     *     is being answered there, {@link ErrorCode#QUOTA_EXCEEDED} when as many answers of the organisation are written as
     *     may, {@link ErrorCode#INVALID_ARGUMENT} when it is archived,
     *     {@link ErrorCode#SOURCE_NOT_FOUND} for a source that is not the caller's, {@link ErrorCode#ENTRY_NOT_FOUND} for an
     *     agent or a model that is not there
     */
    public ChatTurn send(ChatRequest request) {
        require(request);
        if (request.conversation().isEmpty()) {
            Conversation begun =
                    conversations().begin(request.agent(), title(request.message()), about(request.context()));
            return begin(request.in(begun.id()), Optional.empty(), Optional.empty());
        }
        return begin(request, Optional.empty(), Optional.empty());
    }

    /**
     * Asks another question in place of one of the conversation: begins a branch beside it, which is the active one from
     * now on. The old branch stays as it is.
     *
     * @param question the number of the message that is replaced
     * @param request with the conversation
     * @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} when that message is no question, and as {@link #send}
     */
    public ChatTurn edit(long question, ChatRequest request) {
        require(request);
        Message old = conversations().message(request.conversation(), question);
        requireQuestion(old);
        return begin(request, Optional.of(old.parent()), Optional.empty());
    }

    /**
     * Answers a question again, as it was asked: the new answer begins a branch beside the old one, and is the active one
     * from now on.
     *
     * @param number of the question, or of an answer to it
     * @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} when there is no such question, and as {@link #send}
     */
    public ChatTurn retry(String conversation, long number) {
        Message message = conversations().message(conversation, number);
        Message question = message.role() == Message.Role.USER || message.parent() == 0
                ? message
                : conversations().message(conversation, message.parent());
        requireQuestion(question);
        ChatRequest request = Details.question(conversation, question);
        require(request);
        return begin(request, Optional.of(question.parent()), Optional.of(question.number()));
    }

    private static void requireQuestion(Message message) {
        if (message.role() != Message.Role.USER) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Message " + message.number() + " is no question of a user",
                    "Give the number of a question");
        }
    }

    /**
     * Stops the answer in a conversation, in whatever process it is written; elsewhere that may take 10 seconds.
     *
     * @return whether one was being written
     * @throws StudioException {@link ErrorCode#CONVERSATION_NOT_FOUND}
     */
    public boolean stop(String conversation) {
        conversations().get(conversation);
        return runs.stop(caller, conversation);
    }

    /** The latest turn in a conversation, if it goes on in this process or ended here within the last five minutes. */
    public Optional<ChatTurn> turn(String conversation) {
        return runs.find(caller, conversation).map(ChatTurn::new);
    }

    /**
     * Whether a message is being answered in a conversation, in whatever process. Of one whose process broke off, for 30
     * seconds more at most.
     *
     * @throws StudioException {@link ErrorCode#CONVERSATION_NOT_FOUND}
     */
    public boolean isBusy(String conversation) {
        Optional<ChatTurn> here = turn(conversation);
        if (here.isPresent() && !here.get().isDone()) {
            return true;
        }
        return Turns.of(studio.metadata(), caller, studio.clock())
                .held(conversation)
                // That of a turn that has just ended here is being given back.
                .filter(turn ->
                        here.isEmpty() || !turn.owner().equals(here.get().id()))
                .isPresent();
    }

    /** Tells at once, and not with the next beat, that turns go on, and sees who wants one stopped. */
    void beat() {
        runs.beat();
    }

    private void require(ChatRequest request) {
        if (!request.agent().equals(ChatRequest.AUTO)) {
            Agents.of(studio).as(caller).configs().get(request.agent());
        }
        if (!request.model().isEmpty()) {
            Models.of(studio).as(caller).config(request.model());
        }
        request.context().sources().forEach(this::requireSource);
    }

    private void requireSource(String id) {
        if (!isSource(id)) {
            throw new StudioException(
                    ErrorCode.SOURCE_NOT_FOUND,
                    "There is no source " + StudioException.quote(id),
                    "List data sets and sources to see their ids");
        }
    }

    private boolean isSource(String id) {
        return studio.datasets().as(caller).list().stream()
                        .anyMatch(each -> each.id().toString().equalsIgnoreCase(id))
                || studio.datasets().as(caller).find(id).isPresent()
                || studio.sources().as(caller).list().stream()
                        .anyMatch(each -> each.id().toString().equalsIgnoreCase(id));
    }

    private static About about(ChatContext context) {
        return new About(
                context.sources().size() == 1 ? context.sources().get(0) : "", context.issue(), context.project());
    }

    private static String title(String message) {
        String line = message.strip().lines().findFirst().orElse("").strip();
        return line.length() <= MAX_TITLE
                ? line
                : line.substring(0, MAX_TITLE - 1).strip() + "…";
    }

    /**
     * Begins a turn.
     *
     * @param parent the number of the message that the question follows; empty for the last of the active branch
     * @param question the number of the question, when it is kept already
     */
    private ChatTurn begin(ChatRequest asked, Optional<Long> parent, Optional<Long> question) {
        String id = UUID.randomUUID().toString();
        Turn turn = runs.take(caller, asked.conversation(), id);
        try {
            long after = parent.orElseGet(
                    () -> conversations().get(asked.conversation()).head());
            ChatRequest request = withSources(asked, after);
            long number = question.orElseGet(() -> conversations()
                    .addAfter(
                            request.conversation(),
                            after,
                            Message.Role.USER,
                            request.message(),
                            Details.question(request))
                    .number());
            relate(request);
            TurnTask task = new TurnTask(
                    id, caller, request, number, after, approvals.get(), Cancellation.create(), new AtomicBoolean());
            return new ChatTurn(runs.start(task, turn));
        } catch (RuntimeException e) {
            runs.giveBack(caller, turn);
            throw e;
        }
    }

    /** A message that names neither sources nor documents is about those of the messages before it. */
    private ChatRequest withSources(ChatRequest request, long last) {
        if (!request.context().sources().isEmpty() || request.context().documents() || last == 0) {
            return request;
        }
        List<Message> branch = conversations().branch(request.conversation(), last, LOOKED_AT);
        for (int i = branch.size() - 1; i >= 0; i--) {
            List<String> sources = Details.sources(branch.get(i));
            boolean documents = Details.documents(branch.get(i));
            if (branch.get(i).role() == Message.Role.USER && (documents || !sources.isEmpty())) {
                sources.forEach(this::requireSource);
                ChatContext context = request.context().withSources(sources);
                return request.within(documents ? context.withDocuments() : context);
            }
        }
        String source = conversations().get(request.conversation()).about().source();
        return !source.isEmpty() && isSource(source)
                ? request.within(request.context().withSources(List.of(source)))
                : request;
    }

    /** A conversation that was about nothing so far is found by what it turns out to be about. */
    private void relate(ChatRequest request) {
        About before = conversations().get(request.conversation()).about();
        About now = about(request.context());
        About both = new About(
                before.source().isEmpty() ? now.source() : before.source(),
                before.issue().isEmpty() ? now.issue() : before.issue(),
                before.project().isEmpty() ? now.project() : before.project());
        if (!both.equals(before)) {
            conversations().relate(request.conversation(), both);
        }
    }
}
