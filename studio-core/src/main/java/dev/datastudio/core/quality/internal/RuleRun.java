package dev.datastudio.core.quality.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.profile.ProfileOptions;
import dev.datastudio.core.profile.internal.Figures;
import dev.datastudio.core.profile.internal.ProfileSession;
import dev.datastudio.core.profile.internal.SqlRow;
import dev.datastudio.core.profile.internal.Words;
import dev.datastudio.core.quality.QualityCheck;
import dev.datastudio.core.quality.QualityRule;
import dev.datastudio.core.quality.RuleResult;
import dev.datastudio.core.quality.RuleResult.Outcome;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks rules over one version: those about single rows in one pass, the others one by one. Not thread-safe. */
public final class RuleRun {
    private static final int EXAMPLES = 5;
    private static final int SHOWN = 200;
    private static final int RULES_AT_ONCE = 100;

    private final Datasets datasets;
    private final Dataset dataset;
    private final Clock clock;
    private final ProfileOptions options;
    private final Map<QualityRule, RuleResult> results = new LinkedHashMap<>();

    /** A run over a data set. */
    public RuleRun(Datasets datasets, Dataset dataset, Clock clock, ProfileOptions options) {
        this.datasets = datasets;
        this.dataset = dataset;
        this.clock = clock;
        this.options = options;
    }

    /** Checks rules; the results are in their order. */
    public List<RuleResult> check(List<QualityRule> rules) {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("source", datasets.file(dataset));
        Map<String, String> aliases = new LinkedHashMap<>();
        for (String name : referenced(rules)) {
            datasets.find(name).ifPresent(other -> {
                aliases.put(name, "other" + aliases.size());
                files.put(aliases.get(name), datasets.file(other));
            });
        }
        try (ProfileSession session = ProfileSession.open(files, dataset.name(), options)) {
            List<QualityRule> byRow = new ArrayList<>();
            for (QualityRule rule : rules) {
                Optional<String> problem = problem(rule.check());
                if (problem.isPresent()) {
                    results.put(rule, new RuleResult(rule, Outcome.NOT_CHECKED, 0, 0, problem.get(), List.of(), ""));
                } else if (RuleSql.violation(rule.check()).isPresent()) {
                    byRow.add(rule);
                } else {
                    results.put(rule, single(session, rule, aliases));
                    report(rules.size());
                }
            }
            for (int from = 0; from < byRow.size(); from += RULES_AT_ONCE) {
                checkRows(session, byRow.subList(from, Math.min(byRow.size(), from + RULES_AT_ONCE)));
                report(rules.size());
            }
        }
        return rules.stream().map(results::get).toList();
    }

    private void report(int rules) {
        options.cancellation().throwIfCancelled();
        options.progress().onProgress(new Progress("checking", results.size(), rules, "rules"));
    }

    private static List<String> referenced(List<QualityRule> rules) {
        return rules.stream()
                .map(QualityRule::check)
                .filter(QualityCheck.Reference.class::isInstance)
                .map(check -> ((QualityCheck.Reference) check).dataset())
                .distinct()
                .toList();
    }

    /** Why a rule can't be checked on this version. */
    private Optional<String> problem(QualityCheck check) {
        for (String name : check.columns()) {
            Optional<Column> column = dataset.findColumn(name);
            if (column.isEmpty()) {
                return Optional.of("Column " + StudioException.quote(name) + " is not there.");
            }
            if (check instanceof QualityCheck.Range && !column.get().type().isNumeric()) {
                return Optional.of("Column " + StudioException.quote(name) + " holds no numbers but "
                        + Words.of(column.get().type()) + " values.");
            }
            if (check instanceof QualityCheck.Freshness && !column.get().type().isTemporal()) {
                return Optional.of("Column " + StudioException.quote(name) + " holds no times but "
                        + Words.of(column.get().type()) + " values.");
            }
        }
        return check instanceof QualityCheck.Reference reference ? problem(reference) : Optional.empty();
    }

    private Optional<String> problem(QualityCheck.Reference reference) {
        Optional<Dataset> other = datasets.find(reference.dataset());
        if (other.isEmpty()) {
            return Optional.of("Data set " + StudioException.quote(reference.dataset()) + " is not there.");
        }
        return other.get().findColumn(reference.otherColumn()).isPresent()
                ? Optional.empty()
                : Optional.of("Column " + StudioException.quote(reference.otherColumn()) + " of data set "
                        + StudioException.quote(reference.dataset()) + " is not there.");
    }

    private void checkRows(ProfileSession session, List<QualityRule> rules) {
        List<String> counts = rules.stream()
                .map(rule -> "count(*) FILTER (" + condition(rule) + ")")
                .toList();
        SqlRow row = session.row("SELECT " + String.join(", ", counts) + " FROM " + ProfileSession.DATA);
        for (QualityRule rule : rules) {
            long violations = row.asLong();
            String shown = RuleSql.text(rule.check().columns().get(0));
            List<String> examples = violations == 0 || rule.check() instanceof QualityCheck.NotNull
                    ? List.of()
                    : examples(
                            session,
                            "SELECT " + shown + " AS v, count(*) AS n FROM " + ProfileSession.DATA + " WHERE "
                                    + condition(rule));
            String sql = "SELECT * FROM " + RuleSql.name(dataset.table()) + " WHERE " + condition(rule);
            results.put(rule, rows(rule, violations, examples, sql));
        }
    }

    private static String condition(QualityRule rule) {
        return RuleSql.violation(rule.check()).orElseThrow();
    }

    private static List<String> examples(ProfileSession session, String query) {
        return session.rows(query + " GROUP BY 1 ORDER BY n DESC, v LIMIT " + EXAMPLES).stream()
                .map(row -> Words.cut(row.asText(), SHOWN))
                .toList();
    }

    private RuleResult rows(QualityRule rule, long violations, List<String> examples, String sql) {
        long rows = dataset.rowCount();
        boolean broken = violations > rule.tolerance() * rows;
        double share = rows == 0 ? 0 : (double) violations / rows;
        String message = violations == 0
                ? "Each row keeps it: " + RuleWords.of(rule.check()) + "."
                : Figures.plural(violations, "row") + " (" + Figures.percent(share) + ") "
                        + (violations == 1 ? "breaks" : "break") + " it: " + RuleWords.of(rule.check()) + ".";
        return new RuleResult(rule, broken ? Outcome.FAILED : Outcome.PASSED, violations, rows, message, examples, sql);
    }

    private RuleResult single(ProfileSession session, QualityRule rule, Map<String, String> aliases) {
        if (rule.check() instanceof QualityCheck.Unique unique) {
            return unique(session, rule, unique);
        }
        if (rule.check() instanceof QualityCheck.Reference reference) {
            return reference(session, rule, reference, aliases);
        }
        if (rule.check() instanceof QualityCheck.Freshness freshness) {
            return freshness(session, rule, freshness);
        }
        if (rule.check() instanceof QualityCheck.RowCount rowCount) {
            return rowCount(rule, rowCount);
        }
        throw new AssertionError(rule.check());
    }

    private RuleResult unique(ProfileSession session, QualityRule rule, QualityCheck.Unique unique) {
        String names = unique.columns().stream().map(RuleSql::name).collect(Collectors.joining(", "));
        String there = unique.columns().stream()
                .map(column -> RuleSql.name(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        String groups = " WHERE " + there + " GROUP BY " + names + " HAVING count(*) > 1";
        long violations = session.row("SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM "
                        + ProfileSession.DATA + groups + ")")
                .asLong();
        String shown = unique.columns().stream()
                .map(RuleSql::text)
                .collect(Collectors.joining(", ", "concat_ws(' / ', ", ")"));
        List<String> examples = violations == 0
                ? List.of()
                : session
                        .rows("SELECT " + shown + " AS v, count(*) AS n FROM " + ProfileSession.DATA + groups
                                + " ORDER BY n DESC, v LIMIT " + EXAMPLES)
                        .stream()
                        .map(row -> Words.cut(row.asText(), SHOWN) + " (" + row.asLong() + " times)")
                        .toList();
        String sql = "SELECT " + names + ", count(*) AS times FROM " + RuleSql.name(dataset.table()) + groups;
        return rows(rule, violations, examples, sql);
    }

    private RuleResult reference(
            ProfileSession session, QualityRule rule, QualityCheck.Reference reference, Map<String, String> aliases) {
        Dataset other = datasets.find(reference.dataset()).orElseThrow();
        String here = RuleSql.text(reference.column());
        String there = "(SELECT " + RuleSql.text(reference.otherColumn()) + " FROM %s WHERE "
                + RuleSql.name(reference.otherColumn()) + " IS NOT NULL)";
        String condition = here + " IS NOT NULL AND " + here + " NOT IN ";
        String attached = there.formatted(aliases.get(reference.dataset()) + ".main.data");
        String from = " FROM " + ProfileSession.DATA + " WHERE " + condition + attached;
        long violations = session.row("SELECT count(*)" + from).asLong();
        List<String> examples =
                violations == 0 ? List.of() : examples(session, "SELECT " + here + " AS v, count(*) AS n" + from);
        String sql = "SELECT * FROM " + RuleSql.name(dataset.table()) + " WHERE " + condition
                + there.formatted(RuleSql.name(other.table()));
        return rows(rule, violations, examples, sql);
    }

    private RuleResult freshness(ProfileSession session, QualityRule rule, QualityCheck.Freshness freshness) {
        String name = RuleSql.name(freshness.column());
        String finite = "CASE WHEN isfinite(" + name + ") THEN " + name + " END";
        double seconds = session.row("SELECT epoch(max(" + finite + ")) FROM " + ProfileSession.DATA)
                .asDouble();
        String sql = "SELECT max(" + name + ") AS newest FROM " + RuleSql.name(dataset.table());
        if (Double.isNaN(seconds)) {
            return outcome(rule, Outcome.FAILED, "There is no time in " + quote(freshness.column()) + ".", sql);
        }
        LocalDateTime newest = LocalDateTime.ofEpochSecond((long) Math.floor(seconds), 0, ZoneOffset.UTC);
        Instant at = newest.atZone(clock.getZone()).toInstant();
        Duration age = Duration.between(at, clock.instant());
        boolean stale = age.compareTo(freshness.maxAge()) > 0;
        return outcome(
                rule,
                stale ? Outcome.FAILED : Outcome.PASSED,
                "The newest time in " + quote(freshness.column()) + " is " + newest + ", " + RuleWords.duration(age)
                        + " ago; " + RuleWords.duration(freshness.maxAge()) + " are allowed.",
                sql);
    }

    private RuleResult rowCount(QualityRule rule, QualityCheck.RowCount check) {
        Optional<Dataset> before = before();
        if (before.isEmpty()) {
            return outcome(rule, Outcome.PASSED, "There is no earlier version to compare with.", "");
        }
        long then = before.get().rowCount();
        long now = dataset.rowCount();
        double change = then == 0 ? now : (double) (now - then) / then;
        boolean broken = change < -check.maxLoss() || change > check.maxGrowth();
        return outcome(
                rule,
                broken ? Outcome.FAILED : Outcome.PASSED,
                "There are " + Figures.plural(now, "row") + "; the version before had " + Figures.count(then) + ".",
                "SELECT count(*) FROM " + RuleSql.name(dataset.table()));
    }

    private Optional<Dataset> before() {
        List<Dataset> versions = datasets.versions(dataset.name());
        for (int i = 0; i < versions.size() - 1; i++) {
            if (versions.get(i).id().equals(dataset.id())) {
                return Optional.of(versions.get(i + 1));
            }
        }
        return Optional.empty();
    }

    private RuleResult outcome(QualityRule rule, Outcome outcome, String message, String sql) {
        return new RuleResult(
                rule, outcome, outcome == Outcome.FAILED ? 1 : 0, dataset.rowCount(), message, List.of(), sql);
    }

    private static String quote(String value) {
        return StudioException.quote(value);
    }
}
