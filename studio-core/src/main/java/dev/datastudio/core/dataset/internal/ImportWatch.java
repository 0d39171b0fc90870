package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.activity.ActivityListener;
import dev.datastudio.core.activity.ActivityListener.Work;
import dev.datastudio.core.usage.UsageGate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BiFunction;

/** Who is asked before imports and told of them; one for all callers of a workspace. Thread-safe. */
public final class ImportWatch {
    private final InstantSource clock;
    private volatile ActivityListener listener = ActivityListener.NONE;
    private volatile UsageGate gate = UsageGate.OPEN;

    public ImportWatch(InstantSource clock) {
        this.clock = clock;
    }

    public void tell(ActivityListener other) {
        listener = other;
    }

    public void limit(UsageGate other) {
        gate = other;
    }

    /** An import that begins. */
    public Activity activity(Caller caller, String name, String origin) {
        return Activity.of(caller, "dataset.import").with("name", name).with("origin", origin);
    }

    /** An import that takes what it needs out of a budget. */
    @FunctionalInterface
    public interface BudgetedWork<T, E extends Exception> {
        T run(ImportBudget budget) throws E;
    }

    /**
     * Does an import within the caller's quota and tells of it. A version that was there already costs nothing, and is
     * told of as such: its detail {@code unchanged} is {@code true}.
     *
     * @param bytes of what is imported; 0 when it is not known yet, and the work asks the budget while the bytes come
     */
    public <E extends Exception> Dataset importing(Activity activity, long bytes, BudgetedWork<Dataset, E> work)
            throws E {
        Instant began = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return listener.watching(
                activity,
                () -> {
                    try (ImportBudget budget = new ImportBudget(gate, activity.caller())) {
                        budget.requireExactly(Math.max(1, bytes));
                        Dataset dataset = work.run(budget);
                        if (isNew(dataset, began)) {
                            budget.keep();
                        }
                        return dataset;
                    }
                },
                (begun, dataset) -> {
                    Activity told = begun.about(dataset.id())
                            .with("name", dataset.name())
                            .with("version", dataset.version());
                    return isNew(dataset, began) ? told : told.with("unchanged", true);
                });
    }

    private static boolean isNew(Dataset dataset, Instant began) {
        return !dataset.importedAt().isBefore(began);
    }

    /**
     * Fetches what is to be imported; only a failure is told of, as the imports tell of themselves, and the budget is
     * given back, as they have their own.
     */
    public <T, E extends Exception> T fetching(Activity activity, BudgetedWork<T, E> work) throws E {
        ActivityListener told = listener;
        ActivityListener ofFailures = ended -> {
            if (ended.error().isPresent()) {
                told.ended(ended);
            }
        };
        return ofFailures.watching(
                activity,
                () -> {
                    try (ImportBudget budget = new ImportBudget(gate, activity.caller())) {
                        budget.requireExactly(1);
                        return work.run(budget);
                    }
                },
                (begun, result) -> begun);
    }

    public <T> void telling(Activity activity, Work<T, RuntimeException> work, BiFunction<Activity, T, Activity> done) {
        listener.watching(activity, work, done);
    }
}
