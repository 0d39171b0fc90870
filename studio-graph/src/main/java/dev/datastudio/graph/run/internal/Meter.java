package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation.Registration;
import dev.datastudio.graph.internal.log.Spent;
import dev.datastudio.graph.run.Budget;
import java.time.Duration;
import java.util.function.Consumer;

/** Counts what a run uses and ends it when that is more than its budget allows. Thread-safe. */
final class Meter {
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private static final Registration NOTHING = new Nothing();

    private final Budget budget;
    private final Timekeeper timekeeper;
    private final Consumer<StudioException> end;
    private final boolean counts;
    private long steps;
    private long tokens;
    private double cost;
    private long earlierNanos;
    private long begin;
    private boolean driven;

    /**
     * @param counts whether steps are counted though the budget has no limit
     * @param end ends the run
     */
    Meter(Budget budget, Timekeeper timekeeper, boolean counts, Consumer<StudioException> end) {
        this.budget = budget;
        this.timekeeper = timekeeper;
        this.end = end;
        this.counts = counts || isLimited(budget);
    }

    /** Part by part, as the first comparison of records costs a new process 15 ms. */
    private static boolean isLimited(Budget budget) {
        Budget most = Budget.UNLIMITED;
        return budget.maxSteps() < most.maxSteps()
                || budget.maxTokens() < most.maxTokens()
                || budget.maxCost() < most.maxCost()
                || !budget.maxTime().equals(most.maxTime());
    }

    /** Goes on from what an earlier part of the run used; called before the run is driven. */
    synchronized void goOnFrom(Spent earlier) {
        steps = earlier.steps();
        tokens = earlier.tokens();
        cost = earlier.cost();
        earlierNanos = earlier.activeNanos();
    }

    /** The run is driven from now until this is closed. */
    Registration drive() {
        if (!counts) {
            return NOTHING;
        }
        synchronized (this) {
            begin = timekeeper.nanos();
            driven = true;
        }
        Registration alarm = budget.maxTime().equals(Budget.UNLIMITED.maxTime())
                ? NOTHING
                : timekeeper.after(left(), this::outOfTime);
        return () -> {
            alarm.close();
            stop();
        };
    }

    private synchronized void stop() {
        if (driven) {
            earlierNanos += timekeeper.nanos() - begin;
            driven = false;
        }
    }

    private synchronized Duration left() {
        Duration left = budget.maxTime().minusNanos(earlierNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void outOfTime() {
        Spent spent = spent();
        end.accept(exceeded(seconds(Duration.ofNanos(spent.activeNanos())), seconds(budget.maxTime()), "maxTime"));
    }

    /** A super-step begins. */
    void step() {
        if (counts) {
            countStep();
        }
    }

    private void countStep() {
        long used;
        synchronized (this) {
            used = ++steps;
        }
        if (used > budget.maxSteps()) {
            fail(exceeded(used + " super-steps", String.valueOf(budget.maxSteps()), "maxSteps"));
        }
    }

    /** A node used something. */
    void spend(long moreTokens, double moreCost) {
        if (moreTokens < 0 || !(moreCost >= 0)) {
            throw new IllegalArgumentException(
                    "tokens and cost must be at least 0, were " + moreTokens + " and " + moreCost);
        }
        Spent used;
        synchronized (this) {
            tokens = tokens > Long.MAX_VALUE - moreTokens ? Long.MAX_VALUE : tokens + moreTokens;
            cost += moreCost;
            used = spent();
        }
        if (used.tokens() > budget.maxTokens()) {
            fail(exceeded(used.tokens() + " tokens", String.valueOf(budget.maxTokens()), "maxTokens"));
        }
        if (used.cost() > budget.maxCost()) {
            fail(exceeded("a cost of " + used.cost(), String.valueOf(budget.maxCost()), "maxCost"));
        }
    }

    synchronized Spent spent() {
        long now = driven ? timekeeper.nanos() - begin : 0;
        return new Spent(steps, tokens, cost, earlierNanos + now);
    }

    private void fail(StudioException error) {
        end.accept(error);
        throw error;
    }

    private static StudioException exceeded(String used, String allowed, String limit) {
        return new StudioException(
                ErrorCode.BUDGET_EXCEEDED,
                "The run used " + used + ", its budget allows " + allowed,
                "Raise " + limit + " of the run's budget, or have the graph use less");
    }

    /** Not a lambda, which costs a new process half a millisecond. */
    private static final class Nothing implements Registration {
        @Override
        public void close() {
            // Nothing was begun.
        }
    }

    private static String seconds(Duration time) {
        double seconds = time.getSeconds() + (double) time.getNano() / NANOS_PER_SECOND;
        return Math.round(seconds * 1_000) / 1_000.0 + " s";
    }
}
