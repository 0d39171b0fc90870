package dev.datastudio.agents.chat.internal;

import dev.datastudio.agents.chat.ChatEvent.ApprovalAsked;
import dev.datastudio.agents.chat.ChatEvent.ApprovalDecided;
import dev.datastudio.agents.chat.ChatEvent.Content;
import dev.datastudio.agents.tool.Approval;
import dev.datastudio.agents.tool.Approval.Approved;
import dev.datastudio.agents.tool.Approval.Decision;
import dev.datastudio.agents.tool.Approval.Refused;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Who decides about the tools of one turn that do more than read. Thread-safe. */
public interface Approvals {
    /** For the calls of one agent. */
    Approval of(String agent, Consumer<Content> teller);

    /**
     * Decides about a call that waits.
     *
     * @return whether it did
     */
    boolean decide(String approval, Decision decision);

    /** The same for every call, whoever listens. */
    static Approvals fixed(Approval approval) {
        return new Approvals() {
            @Override
            public Approval of(String agent, Consumer<Content> teller) {
                return approval;
            }

            @Override
            public boolean decide(String id, Decision decision) {
                return false;
            }
        };
    }

    /**
     * Whoever follows the turn is asked, and each call waits for what they say.
     *
     * @param limit for how long; after that it may not run
     */
    static Approvals asking(Duration limit) {
        return new Asked(limit);
    }

    /** Those that are asked for and not decided yet. */
    final class Asked implements Approvals {
        private final Duration limit;
        private final AtomicInteger count = new AtomicInteger();
        private final Map<String, CompletableFuture<Decision>> waiting = new ConcurrentHashMap<>();

        private Asked(Duration limit) {
            this.limit = limit;
        }

        @Override
        public Approval of(String agent, Consumer<Content> teller) {
            return request -> decided(agent, request, teller);
        }

        private Decision decided(String agent, Approval.Request request, Consumer<Content> teller) {
            String id = String.valueOf(count.incrementAndGet());
            CompletableFuture<Decision> answer = new CompletableFuture<>();
            waiting.put(id, answer);
            teller.accept(new ApprovalAsked(
                    agent, id, request.call().tool(), request.call().arguments(), request.sideEffect()));
            Decision decision = await(answer);
            waiting.remove(id);
            if (!Thread.currentThread().isInterrupted()) {
                boolean isApproved = decision instanceof Approved;
                teller.accept(new ApprovalDecided(
                        id, isApproved ? ApprovalDecided.Outcome.APPROVED : ApprovalDecided.Outcome.REFUSED));
            }
            return decision;
        }

        private Decision await(CompletableFuture<Decision> answer) {
            try {
                return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return new Refused("nobody decided within " + limit.toMinutes() + " minutes");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the turn is being stopped, which its caller sees to
                return new Refused("the answer was stopped");
            } catch (ExecutionException e) {
                throw new AssertionError("nobody fails it", e);
            }
        }

        @Override
        public boolean decide(String id, Decision decision) {
            CompletableFuture<Decision> answer = waiting.get(id);
            return answer != null && answer.complete(decision);
        }
    }
}
