package dev.datastudio.agents.ask;

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
import dev.datastudio.core.StudioBuilder;
import dev.datastudio.core.audit.AuditEvent;
import dev.datastudio.core.audit.AuditEvent.Outcome;
import dev.datastudio.core.audit.AuditQuery;
import dev.datastudio.core.audit.AuditRecord;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.QuotaLimits;
import dev.datastudio.core.usage.UsageLine;
import dev.datastudio.core.usage.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of questions, and how many may be asked (D9, D10). */
class AnalystActivityTest {
    private static final QuotaLimits TWO_A_DAY = QuotaLimits.NONE.perUser(Measure.QUESTIONS, Window.DAY, 2);

    @TempDir
    Path folder;

    private StudioBuilder builder() {
        return Studio.builder().workspace(folder.resolve("workspace"));
    }

    private Dataset orders(Studio studio) throws IOException {
        return studio.datasets()
                .importFile(Files.writeString(
                        folder.resolve("orders.csv"), "region,sales\nNorth,10\nSouth,20\nNorth,40\nSouth,60\n"));
    }

    /** Of questions only, the oldest first; read by another studio, as closing writes what waits. */
    private List<AuditEvent> audited() {
        try (Studio studio = builder().build()) {
            AuditQuery questions = AuditQuery.of(Caller.LOCAL.tenant()).action("question.ask");
            List<AuditEvent> events = new ArrayList<>(studio.audit().list(questions).records().stream()
                    .map(AuditRecord::event)
                    .toList());
            Collections.reverse(events);
            return events;
        }
    }

    private static long questions(Studio studio) {
        return studio.usage().of(Caller.LOCAL).stream()
                .filter(line -> line.quota().measure() == Measure.QUESTIONS)
                .mapToLong(UsageLine::used)
                .max()
                .orElseThrow();
    }

    @Test
    void tellsOfEachQuestionWhetherItCameFromTheCache() throws IOException {
        Dataset dataset;
        Answer answer;
        try (Studio studio = builder().build()) {
            dataset = orders(studio);
            answer = Analyst.of(studio).ask(dataset, "total sales by region");
            Analyst.of(studio).ask(dataset, "total sales by region");
            Analyst.of(studio).ask(dataset, "colour of the moon");
        }

        List<AuditEvent> events = audited();

        assertEquals(3, events.size());
        AuditEvent first = events.get(0);
        assertEquals(Caller.LOCAL, first.caller());
        assertEquals(Outcome.DONE, first.outcome());
        assertEquals(List.of(dataset.id().toString()), first.subjects());
        assertEquals("total sales by region", first.details().get("question"));
        assertEquals("answered", first.details().get("status"));
        assertEquals("false", first.details().get("cached"));
        assertEquals(answer.id(), first.details().get("answer"));
        assertEquals("true", events.get(1).details().get("cached"));
        assertFalse("answered".equals(events.get(2).details().get("status")));
    }

    @Test
    void tellsOfAQuestionThatFailed() throws IOException {
        try (Studio studio = builder().build()) {
            Dataset dataset = orders(studio);
            Cancellation stopped = Cancellation.create();
            stopped.cancel();
            assertThrows(
                    StudioException.class,
                    () -> Analyst.of(studio)
                            .ask(
                                    List.of(dataset),
                                    "total sales " + "x".repeat(600),
                                    AskOptions.DEFAULT.withCancellation(stopped)));
        }

        AuditEvent event = audited().get(0);

        assertEquals(Outcome.FAILED, event.outcome());
        assertEquals("CANCELLED", event.details().get("error"));
        assertEquals(
                500, Objects.requireNonNull(event.details().get("question")).length());
    }

    @Test
    void refusesQuestionsBeyondTheQuotaButNotAnswersThatAreThere() throws IOException {
        try (Studio studio = builder().quotas(TWO_A_DAY).build()) {
            Dataset dataset = orders(studio);
            Analyst analyst = Analyst.of(studio);
            analyst.ask(dataset, "total sales");
            analyst.ask(dataset, "total sales");
            assertEquals(1, questions(studio));
            analyst.ask(dataset, "average sales by region");

            StudioException refused =
                    assertThrows(StudioException.class, () -> analyst.ask(dataset, "largest sales by region"));

            assertEquals(ErrorCode.QUOTA_EXCEEDED, refused.code());
            assertTrue(refused.getMessage().contains("2 of 2 questions of this day"), refused.getMessage());
            assertTrue(refused.getMessage().matches("(?s).*Try again after \\d{4}-\\d\\d-\\d\\dT00:00:00Z.*"));
            assertTrue(analyst.ask(dataset, "total sales").cached());
            assertEquals(2, questions(studio));
        }
        AuditEvent last = audited().get(3);
        assertEquals(Outcome.REFUSED, last.outcome());
        assertEquals("QUOTA_EXCEEDED", last.details().get("error"));
    }

    @Test
    void aQuestionThatFailedCostsNothing() throws IOException {
        try (Studio studio = builder().quotas(TWO_A_DAY).build()) {
            Dataset dataset = orders(studio);
            Cancellation stopped = Cancellation.create();
            stopped.cancel();

            assertThrows(
                    StudioException.class,
                    () -> Analyst.of(studio)
                            .ask(List.of(dataset), "total sales", AskOptions.DEFAULT.withCancellation(stopped)));

            assertEquals(0, questions(studio));
        }
    }
}
