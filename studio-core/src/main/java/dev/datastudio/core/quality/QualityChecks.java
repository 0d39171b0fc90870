package dev.datastudio.core.quality;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.profile.ProfileOptions;
import dev.datastudio.core.quality.QualityIssue.State;
import dev.datastudio.core.quality.RuleResult.Outcome;
import dev.datastudio.core.quality.internal.QualityStore;
import dev.datastudio.core.quality.internal.QualityStore.StoredIssue;
import dev.datastudio.core.quality.internal.RuleRun;
import dev.datastudio.core.query.internal.DuckDbDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The rules of one caller's data sets, their checks and the issues found. Rules and issues are kept in the metadata
 * store; those of another tenant or user are not there. Thread-safe.
 */
public final class QualityChecks {
    private final Datasets datasets;
    private final QualityStore store;
    private final Clock clock;

    private QualityChecks(Datasets datasets, QualityStore store, Clock clock) {
        this.datasets = datasets;
        this.store = store;
        this.clock = clock;
    }

    /**
     * The rules of the caller of some data sets.
     *
     * @param store where rules and issues are kept; stays open
     * @param clock what tells now, and the zone of times without one
     */
    public static QualityChecks of(Datasets datasets, MetadataStore store, Clock clock) {
        return new QualityChecks(
                Objects.requireNonNull(datasets, "datasets"),
                new QualityStore(Objects.requireNonNull(store, "store"), datasets.caller()),
                Objects.requireNonNull(clock, "clock"));
    }

    /**
     * Keeps a rule, in place of one of the same id.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when its pattern is no regular expression of RE2
     */
    public void save(QualityRule rule) {
        if (rule.check() instanceof QualityCheck.Pattern pattern) {
            requireRegex(pattern.regex());
        }
        store.save(rule);
    }

    private static void requireRegex(String regex) {
        try (Connection connection = DuckDbDriver.open();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT regexp_full_match('', " + DuckDbDriver.literal(regex) + ")");
        } catch (SQLException e) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The pattern " + StudioException.quote(regex) + " is no regular expression: " + e.getMessage(),
                    "Write it in the syntax of RE2, which has no look-around and no back references",
                    e);
        }
    }

    /** The rules of a data set, in the order of their making; those of one moment by id. */
    public List<QualityRule> rules(String dataset) {
        return store.rules(dataset);
    }

    /** Removes a rule and its issue; whether there was one. */
    public boolean delete(String ruleId) {
        return store.delete(ruleId);
    }

    /** The issues of a data set, also resolved ones, in the order of their first finding; those of one moment by id. */
    public List<QualityIssue> issues(String dataset) {
        return store.issues(dataset);
    }

    /**
     * Checks the rules of a data set on one of its versions, and keeps what was found: new issues are opened, issues
     * whose rule is kept again are resolved. What a rule can't be checked on changes no issue. Rules about single rows
     * are checked in one pass; memory does not grow with the rows. To be called from a job as well; of two runs at once
     * over one data set the later is refused.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when the data set is another caller's,
     *     {@link ErrorCode#ENTRY_CONFLICT} when another run changed the same issues meanwhile,
     *     {@link ErrorCode#STORAGE_FAILED}, {@link ErrorCode#CANCELLED}
     */
    public QualityReport runChecks(Dataset dataset, Cancellation cancellation) {
        return runChecks(dataset, cancellation, ProgressListener.NONE);
    }

    /** As {@link #runChecks(Dataset, Cancellation)}, with somebody told of the rules that are done. */
    public QualityReport runChecks(Dataset dataset, Cancellation cancellation, ProgressListener progress) {
        Instant now = clock.instant();
        List<QualityRule> rules = store.rules(dataset.name());
        ProfileOptions options =
                ProfileOptions.DEFAULT.withCancellation(cancellation).withProgress(progress);
        List<RuleResult> results = new RuleRun(datasets, dataset, clock, options).check(rules);
        List<EntryChange> changes = new ArrayList<>();
        List<QualityIssue> issues = new ArrayList<>();
        for (RuleResult result : results) {
            Optional<StoredIssue> known = store.findIssue(result.rule().id());
            next(result, known, dataset, now).ifPresent(issue -> {
                issues.add(issue);
                changes.add(store.change(issue, known.map(StoredIssue::revision).orElse(EntryChange.ABSENT)));
            });
        }
        cancellation.throwIfCancelled();
        store.apply(changes);
        return new QualityReport(dataset.id(), dataset.name(), now, results, issues);
    }

    /** What becomes of a rule's issue; empty when there was none and is none, and when it stays as it is. */
    private static Optional<QualityIssue> next(
            RuleResult result, Optional<StoredIssue> known, Dataset dataset, Instant now) {
        Optional<State> before = known.map(stored -> stored.issue().state());
        boolean open = before.isPresent() && before.get() != State.RESOLVED;
        if (result.outcome() == Outcome.FAILED) {
            State state = before.isEmpty() ? State.OPEN : open ? State.STILL_OPEN : State.REOPENED;
            Instant first = known.map(stored -> stored.issue().firstSeen()).orElse(now);
            return Optional.of(issue(result, dataset, state, first, now));
        }
        if (result.outcome() == Outcome.PASSED && open) {
            QualityIssue last = known.orElseThrow().issue();
            return Optional.of(issue(result, dataset, State.RESOLVED, last.firstSeen(), last.lastSeen()));
        }
        return Optional.empty();
    }

    private static QualityIssue issue(RuleResult result, Dataset dataset, State state, Instant first, Instant last) {
        return new QualityIssue(
                result.rule().id(),
                dataset.name(),
                state,
                result.rule().severity(),
                result.message(),
                result.violations(),
                result.share(),
                result.examples(),
                result.sql(),
                dataset.id().toString(),
                first,
                last);
    }
}
