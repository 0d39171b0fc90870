package dev.datastudio.agents.chat.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.agents.chat.ChatLimits;
import dev.datastudio.agents.chat.ChatReply;
import dev.datastudio.agents.chat.internal.ChatGraph.Input;
import dev.datastudio.agents.chat.internal.ChatGraph.Output;
import dev.datastudio.agents.telemetry.StudioEngines;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Turn;
import dev.datastudio.core.conversation.Turns;
import dev.datastudio.core.usage.TenantSlots;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turns of one studio: those that go on, and for a while those that have ended, so that a client that was cut off
 * finds the rest. A turn that goes on holds its conversation by a lease that is renewed here. Thread-safe.
 */
public final class ChatRuns {
    /** For how long a conversation is held without a sign of life. */
    static final Duration LEASE = Duration.ofSeconds(30);

    /** How long a turn may take to end after its answer is kept, before the next one is refused. */
    private static final Duration MAX_END = Duration.ofSeconds(5);

    private static final long BEAT_SECONDS = 10;
    private static final int KEPT_EVENTS = 2_000;
    private static final int MAX_ENDED = 200;
    private static final Duration ENDED = Duration.ofMinutes(5);
    private static final Logger log = LoggerFactory.getLogger(ChatRuns.class);

    private final Studio studio;
    private final Engine engine;
    private final Graph<Input, Output> graph;
    private final Map<Place, Running> running = new ConcurrentHashMap<>();
    private final Cache<Place, Running> ended =
            Caffeine.newBuilder().maximumSize(MAX_ENDED).expireAfterWrite(ENDED).build();
    private final TenantSlots slots;
    private final Map<String, TenantSlots.Slot> taken = new ConcurrentHashMap<>();
    private final ScheduledExecutorService beats;
    private final Future<?> beating;

    /** The turns of a studio, to be closed with it. */
    public ChatRuns(Studio studio, ChatLimits limits) {
        this.studio = studio;
        this.slots = TenantSlots.of(limits.concurrentAnswers(), "answers");
        this.engine = StudioEngines.of(studio).engine().build();
        this.graph = ChatGraph.of(new Orchestration(studio));
        this.beats = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "studio-chat");
            thread.setDaemon(true);
            return thread;
        });
        this.beating = beats.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    private record Place(String tenant, String user, String conversation) {
        static Place of(Caller caller, String conversation) {
            return new Place(caller.tenant(), caller.user(), conversation);
        }
    }

    /**
     * A turn and its run.
     *
     * @param over done when the conversation is free again
     */
    public record Running(TurnTask task, Turn turn, Run<?> run, CountDownLatch over) {
        /** Waits for the reply. */
        public ChatReply await() {
            return ((Output) run.await()).reply();
        }
    }

    /**
     * Takes the turn in a conversation.
     *
     * @param id of the turn, which no other one has
     * @throws StudioException {@link ErrorCode#CONVERSATION_BUSY}, {@link ErrorCode#CONVERSATION_NOT_FOUND},
     *     {@link ErrorCode#QUOTA_EXCEEDED}
     */
    public Turn take(Caller caller, String conversation, String id) {
        find(caller, conversation).ifPresent(ChatRuns::awaitIfAnswered);
        TenantSlots.Slot slot = slots.enter(caller.tenant());
        try {
            Turn turn = turns(caller).begin(conversation, id, LEASE);
            taken.put(turn.owner(), slot);
            return turn;
        } catch (RuntimeException e) {
            slot.close();
            throw e;
        }
    }

    private void leave(Turn turn) {
        TenantSlots.Slot slot = taken.remove(turn.owner());
        if (slot != null) {
            slot.close();
        }
    }

    /** Who has the answer may go on at once, though the turn that gave it takes a moment to end. */
    private static void awaitIfAnswered(Running before) {
        if (!before.task().answered().get() && !before.run().isDone()) {
            return;
        }
        try {
            boolean isOver = before.over().await(MAX_END.toMillis(), TimeUnit.MILLISECONDS);
            log.debug("The turn before is over: {}", isOver);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        }
    }

    /** Gives a turn back that did not begin. */
    public void giveBack(Caller caller, Turn turn) {
        leave(turn);
        turns(caller).end(turn);
    }

    private Turns turns(Caller caller) {
        return Turns.of(studio.metadata(), caller, studio.clock());
    }

    /** Begins to answer; returns at once. */
    public Running start(TurnTask task, Turn turn) {
        Place place = Place.of(task.caller(), task.conversation());
        RunOptions options = RunOptions.builder()
                .caller(task.caller())
                .keptEvents(KEPT_EVENTS)
                .listener(event -> {
                    if (event instanceof RunEvent.Terminal) {
                        ended(place, task.caller(), turn);
                    }
                })
                .build();
        synchronized (turn) { // the run may end before it is known
            Running begun =
                    new Running(task, turn, engine.start(graph, new Input(task), options), new CountDownLatch(1));
            running.put(place, begun);
            return begun;
        }
    }

    private void ended(Place place, Caller caller, Turn turn) {
        Running gone;
        synchronized (turn) {
            gone = Objects.requireNonNull(running.get(place), "a run that has ended was begun");
            ended.put(place, gone);
            running.remove(place);
        }
        leave(turn);
        try {
            turns(caller).end(turn);
        } catch (StudioException | IllegalStateException e) { // as when the studio is closed; the lease ends by itself
            log.debug("The turn in {} was not given back", place.conversation(), e);
        } finally {
            gone.over().countDown();
        }
    }

    /** The latest turn in a conversation of a caller that this process knows of. */
    public Optional<Running> find(Caller caller, String conversation) {
        Place place = Place.of(caller, conversation);
        Running now = running.get(place);
        return Optional.ofNullable(now != null ? now : ended.getIfPresent(place));
    }

    /** Stops the turn in a conversation, wherever it goes on; whether there is one. */
    public boolean stop(Caller caller, String conversation) {
        Running here = running.get(Place.of(caller, conversation));
        if (here != null) {
            here.task().asked().cancel();
            return true;
        }
        return turns(caller).askToStop(conversation);
    }

    /** Renews the leases of all turns that go on, and stops those that somebody elsewhere wants stopped. */
    public void beat() {
        for (Running each : running.values()) {
            Cancellation asked = each.task().asked();
            try {
                Turn renewed = turns(each.task().caller()).renew(each.turn(), LEASE);
                if (renewed.request() == Turn.Request.STOP) {
                    asked.cancel();
                }
            } catch (StudioException e) {
                if (e.code() == ErrorCode.CONVERSATION_BUSY && !each.run().isDone()) {
                    asked.cancel(); // it was held too long without a sign of life, and is another's now
                } else {
                    log.warn("The turn in {} was not renewed", each.task().conversation(), e);
                }
            } catch (RuntimeException e) { // the next beat must come
                log.warn("The turn in {} was not renewed", each.task().conversation(), e);
            }
        }
    }

    /** Cuts off what goes on, and gives the turns back, so that the next process need not wait for their leases. */
    public void close() throws InterruptedException {
        beating.cancel(false);
        beats.shutdownNow();
        List<Running> going = new ArrayList<>(running.values());
        going.addAll(ended.asMap().values()); // of which one may be about to give its turn back
        engine.close();
        long end = System.nanoTime() + MAX_END.toNanos();
        for (Running each : going) {
            if (!each.over().await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                log.warn("A turn in {} did not end with its studio", each.task().conversation());
            }
        }
    }
}
