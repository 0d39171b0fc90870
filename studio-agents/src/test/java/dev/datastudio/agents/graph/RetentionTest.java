package dev.datastudio.agents.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobQuery;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.audit.AuditQuery;
import dev.datastudio.core.conversation.Conversation;
import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.core.retention.Retention;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is too old is deleted, of everybody, once, and nothing else is (G18). */
@Timeout(60)
class RetentionTest {
    private static final Caller BEN = new Caller("other", "ben");
    private static final Caller SERVER = new Caller("studio-retention", "server");
    private static final Duration DAY = Duration.ofDays(1);

    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));

    /** Stands still until it is moved. */
    private static final class MovedClock extends Clock {
        private volatile Instant now;

        MovedClock(Instant now) {
            this.now = now;
        }

        void move(Duration step) {
            now = now.plus(step);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static String talk(Studio studio, Caller caller) {
        Conversations own = studio.as(caller).conversations();
        String id = own.begin("assistant", "Sales", About.NOTHING).id();
        own.add(id, Message.Role.USER, "Which region sold most?", "{}");
        return id;
    }

    private static List<String> talks(Studio studio, Caller caller) {
        return studio.as(caller).conversations().list(Conversation.Status.ACTIVE).stream()
                .map(Conversation::id)
                .toList();
    }

    private static String upload(Studio studio, Caller caller) {
        return studio.uploads()
                .receive(caller, "waiting.csv", new ByteArrayInputStream("a\n1\n".getBytes(StandardCharsets.UTF_8)))
                .id();
    }

    @Test
    void deletesWhatIsTooOldOfEverybodyAndNothingElse() throws Exception {
        try (Studio studio = Studio.builder().temporary().clock(clock).build()) {
            RunDesk desk = new RunDesk(studio);
            String graph = desk.keep(RunDesk.greeting());
            desk.run(RunRequest.of(graph).given(Map.of("name", "Ada")));
            talk(studio, RunDesk.ANN);
            talk(studio, BEN);
            String goneOn = talk(studio, BEN);
            String oldFile = upload(studio, RunDesk.ANN);
            studio.audit().flush();
            long audited = studio.audit().count(AuditQuery.of("acme"));
            assertTrue(audited > 0);
            clock.move(DAY.multipliedBy(9));
            studio.as(BEN).conversations().add(goneOn, Message.Role.USER, "And least?", "{}");
            clock.move(DAY);
            GraphRun run = desk.run(RunRequest.of(graph).given(Map.of("name", "Ada")));
            String kept = talk(studio, RunDesk.ANN);
            String newFile = upload(studio, RunDesk.ANN);

            Retention none = Retention.of(studio);
            assertEquals(Map.of(), none.apply(Cancellation.none()));
            Map<String, Long> deleted = none.keeping("conversations", DAY.multipliedBy(5))
                    .keeping("runs", DAY.multipliedBy(5))
                    .keeping("uploads", DAY.multipliedBy(5))
                    .apply(Cancellation.none());

            assertEquals(Map.of("conversations", 2L, "runs", 1L, "uploads", 1L), deleted);
            assertEquals(List.of(kept), talks(studio, RunDesk.ANN));
            assertEquals(List.of(goneOn), talks(studio, BEN));
            assertEquals(
                    List.of(run.id()),
                    desk.runs.list(graph, 10, "").items().stream()
                            .map(GraphRun::id)
                            .toList());
            assertTrue(studio.uploads().find(RunDesk.ANN, oldFile).isEmpty());
            assertTrue(studio.uploads().find(RunDesk.ANN, newFile).isPresent());
            studio.audit().flush();
            assertEquals(1, studio.audit().count(AuditQuery.of("acme").action("retention.apply")));
            assertEquals(1, studio.audit().count(AuditQuery.of("other").action("retention.apply")));

            Retention audit = Retention.of(studio).keeping("audit", DAY.multipliedBy(5));
            assertEquals(audited, audit.apply(Cancellation.none()).get("audit"));
            assertEquals(Map.of("audit", 0L), audit.apply(Cancellation.none()));
        }
    }

    @Test
    void isDoneOnceANightWhateverTheProcessesAndMadeUpForAfterwards(@TempDir Path folder) {
        Duration kept = DAY.multipliedBy(5);
        try (Studio one = Studio.builder().workspace(folder).clock(clock).build();
                Studio two = Studio.builder().workspace(folder).clock(clock).build()) {
            talk(one, BEN);
            Retention.of(one).keeping("conversations", kept).daily();
            Retention.of(two).keeping("conversations", kept).daily();
            clock.move(kept);
            talk(one, BEN); // not too old tonight
            clock.move(DAY);

            awaitDone(one, 1);

            assertEquals(1, talks(one, BEN).size());
        }
        clock.move(DAY.multipliedBy(10));
        try (Studio later = Studio.builder().workspace(folder).clock(clock).build()) {
            Retention.of(later).keeping("conversations", kept).daily();

            awaitDone(later, 2);

            assertEquals(List.of(), talks(later, BEN));
            Retention.of(later).daily();
            assertEquals(List.of(), later.jobs().schedules(SERVER));
        }
    }

    /** Until so many jobs were done, and no more. */
    private static void awaitDone(Studio studio, int count) {
        while (studio.jobs().list(SERVER, JobQuery.NEWEST).stream()
                        .map(Job::state)
                        .filter(JobState.SUCCEEDED::equals)
                        .count()
                < count) {
            LockSupport.parkNanos(20_000_000);
        }
        assertEquals(count, studio.jobs().list(SERVER, JobQuery.NEWEST).size());
    }

    @Test
    void refusesWhatIsNoKindAndWhatIsTooShort() {
        try (Studio studio = Studio.inMemory()) {
            Retention retention = Retention.of(studio);

            String kind = String.valueOf(
                    assertThrows(IllegalArgumentException.class, () -> retention.keeping("datasets", DAY))
                            .getMessage());
            assertTrue(kind.contains("'datasets'") && kind.contains("conversations"), kind);
            String time = String.valueOf(assertThrows(
                            IllegalArgumentException.class, () -> retention.keeping("runs", Duration.ofMinutes(59)))
                    .getMessage());
            assertTrue(time.contains("PT59M"), time);
        }
    }
}
