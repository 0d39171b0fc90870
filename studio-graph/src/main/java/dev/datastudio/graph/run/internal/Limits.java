package dev.datastudio.graph.run.internal;

import dev.datastudio.graph.policy.Limit;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Gives out the permits of named resources, first come, first served. A task that holds a permit and runs a graph inside
 * lends it to the tasks there, one at a time, so that they never wait for the task that waits for them. Thread-safe.
 */
final class Limits {
    private final Map<String, Resource> resources = new ConcurrentHashMap<>();

    /** Waits for a permit; an interrupt ends the wait and leaves nothing taken. */
    Permit acquire(Limit limit, @Nullable Held held) throws InterruptedException {
        Resource resource = resources.computeIfAbsent(limit.resource(), name -> new Resource());
        Waiter waiter = resource.ask(limit.max(), Held.permitOf(resource, held));
        try {
            waiter.served.await();
        } catch (InterruptedException e) {
            resource.withdraw(waiter);
            throw e;
        }
        return resource.given(waiter);
    }

    /** One named resource. */
    static final class Resource {
        private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
        private int max = Integer.MAX_VALUE;
        private int used;

        private synchronized Waiter ask(int limit, Optional<Permit> lender) {
            max = Math.min(max, limit);
            Waiter waiter = new Waiter(lender);
            waiters.add(waiter);
            serve();
            return waiter;
        }

        private synchronized Permit given(Waiter waiter) {
            return waiter.permit.orElseThrow();
        }

        private synchronized void withdraw(Waiter waiter) {
            if (waiter.permit.isPresent()) {
                release(waiter.permit.get());
            } else {
                waiters.remove(waiter);
            }
        }

        private synchronized void release(Permit permit) {
            permit.closed = true;
            free(permit);
            serve();
        }

        /** A permit that is still lent is free when it is given back. */
        private void free(Permit permit) {
            if (permit.lent) {
                return;
            }
            if (permit.lender.isEmpty()) {
                used--;
                return;
            }
            Permit lender = permit.lender.get();
            lender.lent = false;
            if (lender.closed) {
                free(lender);
            }
        }

        private void serve() {
            for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
                Waiter waiter = all.next();
                if (waiter.lender.isPresent() && waiter.lender.get().canLend()) {
                    waiter.lender.get().lent = true;
                    waiter.serve(new Permit(this, waiter.lender));
                    all.remove();
                } else if (used < max) {
                    used++;
                    waiter.serve(new Permit(this, Optional.empty()));
                    all.remove();
                }
            }
        }
    }

    /** The right to use a resource, its own or a lent one. */
    static final class Permit {
        private final Resource resource;
        private final Optional<Permit> lender;
        private boolean lent;
        private boolean closed;

        private Permit(Resource resource, Optional<Permit> lender) {
            this.resource = resource;
            this.lender = lender;
        }

        private boolean canLend() {
            return !lent && !closed;
        }

        boolean isOf(Resource other) {
            return resource == other;
        }

        void release() {
            resource.release(this);
        }
    }

    private static final class Waiter {
        private final Optional<Permit> lender;
        private final CountDownLatch served = new CountDownLatch(1);
        private Optional<Permit> permit = Optional.empty();

        private Waiter(Optional<Permit> lender) {
            this.lender = lender;
        }

        private void serve(Permit given) {
            permit = Optional.of(given);
            served.countDown();
        }
    }
}
