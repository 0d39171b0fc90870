package dev.datastudio.core.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQuery;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.job.QueueName;
import dev.datastudio.api.job.ScheduleStatus;
import dev.datastudio.api.job.Timing;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.quality.QualityIssue.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows P12, A22; on the real queue in SQLite. */
class QualityJobsTest {
    private static final String ORDERS = "orders.csv";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Studio studio;
    private QualityChecks checks;
    private QualityJobs jobs;

    @BeforeEach
    void open() throws IOException {
        studio = Studio.open(folder.resolve("workspace"));
        checks = QualityChecks.of(studio.datasets(), studio.metadata(), studio.clock());
        jobs = QualityJobs.register(studio.jobs(), studio.datasets(), studio.metadata(), studio.clock());
        orders("1,5", "2,-3");
        checks.save(new QualityRule(
                "positive", ORDERS, new QualityCheck.Range("amount", 0, Double.POSITIVE_INFINITY), Severity.ERROR, 0));
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private void orders(String... rows) throws IOException {
        studio.datasets()
                .importFile(Files.writeString(folder.resolve(ORDERS), "id,amount\n" + String.join("\n", rows) + "\n"));
    }

    private Job done(JobId id) {
        return studio.jobs().await(studio.caller(), id, PATIENCE);
    }

    private JsonNode summary(Job job) throws IOException {
        assertEquals(JobState.SUCCEEDED, job.state(), () -> job.error().toString());
        return JSON.readTree(job.result().orElseThrow());
    }

    @Test
    void givesTheReportInShort() throws Exception {
        Job job = done(jobs.submit(ORDERS));

        JsonNode summary = summary(job);
        assertEquals(QueueName.ANALYSIS, job.request().queue());
        assertEquals(ORDERS, summary.path("dataset").asText());
        assertEquals(1, summary.path("version").asInt());
        assertFalse(summary.path("passed").asBoolean(true));
        assertEquals(1, summary.path("rules").asInt());
        assertEquals(1, summary.path("failedRules").asInt());
        assertEquals(0, summary.path("passedRules").asInt(-1));
        assertEquals("positive", summary.at("/issues/0/id").asText());
        assertEquals("open", summary.at("/issues/0/state").asText());
        assertEquals(1, summary.at("/issues/0/violations").asInt());
        assertEquals("checking", job.progress().orElseThrow().stage());
        assertEquals(1, job.progress().orElseThrow().done());
    }

    @Test
    void issuesOpenStayAndResolveBySchedule() throws Exception {
        BlockingQueue<State> states = new LinkedBlockingQueue<>();
        ScheduleStatus schedule = jobs.schedule(ORDERS, new Timing.Every(Duration.ofSeconds(1)));
        assertEquals("quality-check " + ORDERS, schedule.schedule().name());

        awaitState(State.OPEN, states);
        awaitState(State.STILL_OPEN, states);
        orders("1,5", "2,3");
        awaitState(State.RESOLVED, states);
        orders("1,5", "2,-4");
        awaitState(State.REOPENED, states);

        assertTrue(jobs.unschedule(ORDERS));
        assertFalse(jobs.unschedule(ORDERS));
        assertEquals(List.of(), studio.jobs().schedules(studio.caller()));
    }

    /** Looks after each job of the schedule, in order, until one leaves the issue in a state. */
    private void awaitState(State wanted, BlockingQueue<State> seen) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (seen.stream().noneMatch(wanted::equals)) {
            assertTrue(System.nanoTime() < until, () -> "saw " + seen);
            for (Job job : studio.jobs().list(studio.caller(), JobQuery.NEWEST)) {
                done(job.id());
            }
            checks.issues(ORDERS).forEach(issue -> seen.add(issue.state()));
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void checksByACronExpressionInTheZoneOfTheClock() {
        ScheduleStatus schedule = jobs.schedule(ORDERS, "0 6 * * *");

        assertEquals(6, schedule.nextAt().atZone(studio.clock().getZone()).getHour());
        assertEquals(
                ErrorCode.INVALID_ARGUMENT,
                assertThrows(StudioException.class, () -> jobs.schedule(ORDERS, "at dawn"))
                        .code());
    }

    @Test
    void aNameThatNoScheduleCanHaveIsScheduledToo() throws Exception {
        Path file = Files.writeString(folder.resolve("заказы.csv"), "id\n1\n");
        studio.datasets().importFile(file);

        ScheduleStatus schedule = jobs.schedule("заказы.csv", new Timing.Every(Duration.ofDays(1)));

        assertTrue(schedule.schedule().name().matches("quality-check [0-9a-f-]{36}"));
        assertTrue(jobs.unschedule("заказы.csv"));
    }

    @Test
    void aDataSetThatIsNotThereIsNotScheduled() {
        assertEquals(
                ErrorCode.DATASET_NOT_FOUND,
                assertThrows(StudioException.class, () -> jobs.schedule("gone", "0 6 * * *"))
                        .code());
    }

    @Test
    void aJobSeesOnlyItsOwnersDataSets() {
        Caller eve = new Caller("other", "eve");
        JobId id = studio.jobs()
                .submit(
                        eve,
                        JobRequest.of(QualityJobs.TYPE, "{\"dataset\":\"" + ORDERS + "\"}")
                                .in(QueueName.ANALYSIS));

        Job job = studio.jobs().await(eve, id, PATIENCE);

        assertEquals(JobState.FAILED, job.state());
        assertEquals(ErrorCode.DATASET_NOT_FOUND, job.error().orElseThrow().code());
    }

    @Test
    void aPayloadThatNamesNothingFailsAtOnce() {
        for (String payload : List.of("[]", "{\"dataset\":1}", "{\"dataset\":\" \"}", "null")) {
            Job job = done(studio.jobs().submit(studio.caller(), JobRequest.of(QualityJobs.TYPE, payload)));

            assertEquals(JobState.FAILED, job.state());
            assertEquals(ErrorCode.INVALID_ARGUMENT, job.error().orElseThrow().code());
            assertEquals(1, job.attempt());
        }
    }

    @Test
    void aCancelledRunChangesNoIssue() {
        Cancellation stopped = Cancellation.create();

        StudioException cancelled = assertThrows(
                StudioException.class,
                () -> checks.runChecks(
                        studio.datasets().find(ORDERS).orElseThrow(), stopped, progress -> stopped.cancel()));

        assertEquals(ErrorCode.CANCELLED, cancelled.code());
        assertEquals(List.of(), checks.issues(ORDERS));
    }
}
