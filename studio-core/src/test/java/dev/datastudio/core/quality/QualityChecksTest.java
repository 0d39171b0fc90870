package dev.datastudio.core.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.quality.QualityIssue.State;
import dev.datastudio.core.quality.RuleResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityChecksTest {
    private static final String ORDERS = "orders.csv";
    private static final Instant NOW = Instant.parse("2024-03-10T12:00:00Z");

    @TempDir
    Path folder;

    private Studio studio;
    private QualityChecks checks;

    @BeforeEach
    void open() {
        studio = Studio.builder()
                .workspace(folder.resolve("workspace"))
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
        checks = checks(Duration.ZERO);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private QualityChecks checks(Duration later) {
        return QualityChecks.of(studio.datasets(), studio.metadata(), Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
    }

    private Dataset orders(String... rows) throws IOException {
        return imported(ORDERS, "id,amount,country,mail,day", rows);
    }

    private Dataset imported(String name, String header, String... rows) throws IOException {
        String text = header + "\n" + String.join("\n", rows) + "\n";
        return studio.datasets().importFile(Files.writeString(folder.resolve(name), text));
    }

    private QualityRule rule(QualityCheck check) {
        QualityRule rule = QualityRule.of(ORDERS, check, Severity.ERROR);
        checks.save(rule);
        return rule;
    }

    private RuleResult only(Dataset dataset) {
        List<RuleResult> results =
                checks.runChecks(dataset, Cancellation.none()).results();
        assertEquals(1, results.size());
        return results.get(0);
    }

    @Test
    void countsRowsThatBreakARuleAndShowsThem() throws IOException {
        rule(new QualityCheck.NotNull("country"));
        rule(new QualityCheck.Range("amount", 0, 100));
        rule(new QualityCheck.AllowedValues("country", List.of("DE", "FR")));
        rule(new QualityCheck.Pattern("mail", "[^@]+@[^@]+"));
        rule(new QualityCheck.Unique(List.of("id")));
        Dataset dataset = orders(
                "x1,5,DE,a@b,2024-03-01",
                "x2,-1,,b@c,2024-03-02",
                "x2,500,O'Z,nobody,2024-03-03",
                "x3,7,FR,,2024-03-04");

        QualityReport report = checks.runChecks(dataset, Cancellation.none());

        assertEquals(1, result(report, QualityCheck.NotNull.class).violations());
        assertEquals(2, result(report, QualityCheck.Range.class).violations());
        assertEquals(1, result(report, QualityCheck.AllowedValues.class).violations());
        assertEquals(1, result(report, QualityCheck.Pattern.class).violations());
        assertEquals(2, result(report, QualityCheck.Unique.class).violations());
        assertTrue(report.results().stream().allMatch(result -> result.outcome() == Outcome.FAILED));
        assertEquals(
                List.of("O'Z"), result(report, QualityCheck.AllowedValues.class).examples());
        assertEquals(
                List.of("x2 (2 times)"),
                result(report, QualityCheck.Unique.class).examples());
        assertEquals(
                "2 rows (50.0%) break it: 'amount' is between 0 and 100.",
                result(report, QualityCheck.Range.class).message());
        for (RuleResult result : report.results()) {
            long shown = studio.query(List.of(dataset), result.sql()).rows().size();
            boolean groups = result.rule().check() instanceof QualityCheck.Unique;
            assertEquals(groups ? 1 : result.violations(), shown, result.sql());
        }
    }

    private static RuleResult result(QualityReport report, Class<? extends QualityCheck> check) {
        return report.results().stream()
                .filter(result -> check.isInstance(result.rule().check()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keepsARuleWhoseToleranceIsNotPassed() throws IOException {
        checks.save(QualityRule.of(ORDERS, new QualityCheck.NotNull("country"), Severity.WARNING)
                .withTolerance(0.5));

        RuleResult result = only(orders("x1,5,,a,2024-03-01", "x2,5,DE,a,2024-03-01"));

        assertEquals(Outcome.PASSED, result.outcome());
        assertEquals(1, result.violations());
    }

    @Test
    void looksValuesUpInAnotherDataSet() throws IOException {
        imported("countries.csv", "code,name", "DE,Germany", "FR,France");
        rule(new QualityCheck.Reference("country", "countries.csv", "code"));

        RuleResult result = only(orders("x1,5,DE,a,2024-03-01", "x2,5,US,a,2024-03-01", "x3,5,,a,2024-03-01"));

        assertEquals(1, result.violations());
        assertEquals(List.of("US"), result.examples());
    }

    @Test
    void seesThatDataIsStale() throws IOException {
        rule(new QualityCheck.Freshness("day", Duration.ofDays(3)));

        RuleResult stale = only(orders("x1,5,DE,a,2024-03-01", "x2,5,US,a,2024-03-02"));
        RuleResult fresh = only(orders("x1,5,DE,a,2024-03-01", "x2,5,US,a,2024-03-09"));

        assertEquals(Outcome.FAILED, stale.outcome());
        assertEquals("The newest time in 'day' is 2024-03-02T00:00, 8 days ago; 3 days are allowed.", stale.message());
        assertEquals(Outcome.PASSED, fresh.outcome());
    }

    @Test
    void comparesTheNumberOfRowsWithTheVersionBefore() throws IOException {
        rule(new QualityCheck.RowCount(0.4, 1));
        Dataset first = orders("x1,1,DE,a,2024-03-01", "x2,1,DE,a,2024-03-01", "x3,1,DE,a,2024-03-01");
        Dataset second = orders("x1,1,DE,a,2024-03-01");

        assertEquals(Outcome.PASSED, only(first).outcome());
        assertEquals(
                "There is 1 row; the version before had 3.",
                only(second).message().replace("are 1", "is 1"));
        assertEquals(Outcome.FAILED, only(second).outcome());
    }

    @Test
    void keepsAnIssueThroughItsStates() throws IOException {
        QualityRule rule = rule(new QualityCheck.NotNull("country"));
        Dataset bad = orders("x1,1,,a,2024-03-01");
        Dataset good = orders("x1,1,DE,a,2024-03-01");

        State opened = issue(Duration.ZERO, bad).state();
        State again = issue(Duration.ofHours(1), bad).state();
        State resolved = issue(Duration.ofHours(2), good).state();
        QualityIssue back = issue(Duration.ofHours(3), bad);

        assertEquals(List.of(State.OPEN, State.STILL_OPEN, State.RESOLVED), List.of(opened, again, resolved));
        assertEquals(State.REOPENED, back.state());
        assertEquals(rule.id(), back.id());
        assertEquals(NOW, back.firstSeen());
        assertEquals(NOW.plus(Duration.ofHours(3)), back.lastSeen());
        assertEquals(List.of(back), checks.issues(ORDERS));
    }

    private QualityIssue issue(Duration later, Dataset dataset) {
        return checks(later).runChecks(dataset, Cancellation.none()).issues().get(0);
    }

    @Test
    void tellsWhyARuleCouldNotBeChecked() throws IOException {
        rule(new QualityCheck.NotNull("gone"));
        Dataset dataset = orders("x1,1,DE,a,2024-03-01");

        QualityReport report = checks.runChecks(dataset, Cancellation.none());

        assertEquals(Outcome.NOT_CHECKED, report.results().get(0).outcome());
        assertEquals("Column 'gone' is not there.", report.results().get(0).message());
        assertFalse(report.isPassed());
        assertTrue(report.issues().isEmpty());
    }

    @Test
    void refusesAPatternThatIsNone() {
        StudioException refused =
                assertThrows(StudioException.class, () -> rule(new QualityCheck.Pattern("mail", "(a")));

        assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
    }

    @Test
    void takesHostileNamesAndValues() throws IOException {
        String column = "a\"; DROP TABLE data; --'";
        Dataset dataset = imported(ORDERS, "\"a\"\"; DROP TABLE data; --'\",b", "x,1", "y,2");
        rule(new QualityCheck.AllowedValues(column, List.of("x", "'); DROP TABLE data; --")));

        assertEquals(1, only(dataset).violations());
    }

    @Test
    void keepsRulesAsTheyWereSaved() {
        List<QualityCheck> all = List.of(
                new QualityCheck.NotNull("a"),
                new QualityCheck.Unique(List.of("a", "b")),
                new QualityCheck.Range("a", Double.NEGATIVE_INFINITY, 3.5),
                new QualityCheck.AllowedValues("a", List.of("x", "ü")),
                new QualityCheck.Pattern("a", "\\d+"),
                new QualityCheck.Reference("a", "b.csv", "c"),
                new QualityCheck.Freshness("a", Duration.ofMinutes(90)),
                new QualityCheck.RowCount(0.25, 2));
        all.forEach(this::rule);

        List<QualityCheck> kept =
                checks.rules(ORDERS).stream().map(QualityRule::check).toList();

        assertEquals(QualityCheck.class.getPermittedSubclasses().length, all.size());
        assertEquals(
                all.stream().map(QualityCheck::toString).sorted().toList(),
                kept.stream().map(QualityCheck::toString).sorted().toList());
    }

    @Test
    void hidesRulesFromOtherTenantsAndUsers() throws IOException {
        QualityRule rule = rule(new QualityCheck.NotNull("country"));
        orders("x1,1,,a,2024-03-01");

        for (Caller other : List.of(new Caller("local", "eve"), new Caller("evil", "local"))) {
            QualityChecks theirs =
                    QualityChecks.of(studio.datasets().as(other), studio.metadata(), Clock.fixed(NOW, ZoneOffset.UTC));
            assertTrue(theirs.rules(ORDERS).isEmpty());
            assertFalse(theirs.delete(rule.id()));
        }
        assertTrue(checks.delete(rule.id()));
        assertTrue(checks.rules(ORDERS).isEmpty());
    }

    @Test
    void suggestsRulesThatTheDataKeeps() throws IOException {
        String[] rows = IntStream.range(0, 60)
                .mapToObj(i -> "x" + i + "," + i % 7 + "," + (i % 2 == 0 ? "DE" : "FR") + ",a" + i + "@b.de,2024-03-01")
                .toArray(String[]::new);
        Dataset dataset = orders(rows);

        List<RuleSuggestions.Suggestion> suggestions = RuleSuggestions.from(studio.fullProfile(dataset));
        suggestions.forEach(suggestion -> checks.save(suggestion.rule()));
        List<String> kinds = suggestions.stream()
                .map(suggestion -> suggestion.rule().check().getClass().getSimpleName())
                .collect(Collectors.toList());

        assertTrue(kinds.containsAll(List.of("NotNull", "Unique", "Range", "AllowedValues", "Pattern", "RowCount")));
        assertTrue(checks.runChecks(dataset, Cancellation.none()).isPassed());
    }
}
