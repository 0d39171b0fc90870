package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.job.RetryPolicy;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows G10, S5: jobs of another process, seen and cancelled from the command line. */
@Timeout(120)
class JobsCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Studio worker = Studio.inMemory();
    private Cli cli = new Cli(Path.of(""));

    @BeforeEach
    void open() {
        worker.close();
        worker = Studio.open(folder.resolve("workspace"));
        cli = new Cli(folder.resolve("workspace"));
    }

    @AfterEach
    void close() {
        worker.close();
    }

    private JobId submit(String type) {
        return worker.jobs()
                .submit(Caller.LOCAL, JobRequest.of(type, "{\"n\":1}").withRetry(RetryPolicy.NONE));
    }

    @Test
    void listsTheNewestFirstAndOnlyOpenOnes() {
        worker.jobs().handle("quick", context -> "42");
        JobId done = submit("quick");
        worker.jobs().await(Caller.LOCAL, done, PATIENCE);
        JobId waiting = submit("nobody-does-this");

        Cli.Run all = cli.run("jobs");
        Cli.Run open = cli.run("jobs", "list", "--open");

        assertEquals(0, all.exitCode(), all.err());
        assertEquals("", all.err());
        assertEquals(2, all.out().lines().count());
        assertTrue(all.out().startsWith(waiting + "  queued     nobody-does-this  "), all.out());
        assertTrue(all.out().contains(done + "  succeeded  quick  "), all.out());
        assertEquals(1, open.out().lines().count());
        assertEquals(1, cli.run("jobs", "--limit", "1").out().lines().count());
        JsonNode json = cli.run("jobs", "--json").json();
        assertEquals("succeeded", json.get(1).path("state").asText());
        assertFalse(json.get(1).has("result"));
    }

    @Test
    void saysThatThereIsNothing() {
        assertEquals("There are no jobs.\n", cli.run("jobs").out());
        assertEquals("[ ]\n", cli.run("jobs", "--json").out());
    }

    @Test
    void showsOneWithItsResultOrItsError() {
        worker.jobs().handle("quick", context -> "{\"rows\":42}");
        worker.jobs().handle("broken", context -> {
            context.progress().onProgress(new Progress("reading\u001b[2J\nid  fake", 5, 10, "rows"));
            throw new IllegalStateException("row 7");
        });
        JobId done = submit("quick");
        JobId failed = submit("broken");
        worker.jobs().await(Caller.LOCAL, done, PATIENCE);
        worker.jobs().await(Caller.LOCAL, failed, PATIENCE);

        String text = cli.run("jobs", "show", failed.value()).out();

        assertTrue(text.contains("error      INTERNAL: Job '" + failed + "' of type 'broken' failed with"), text);
        assertTrue(text.contains("progress   reading [2J id  fake 5 of 10 rows\n"), text);
        assertFalse(text.contains("\u001b"));
        JsonNode json = cli.run("jobs", "show", done.value(), "--json").json();
        assertEquals("{\"rows\":42}", json.path("result").asText());
        assertEquals("{\"n\":1}", json.path("payload").asText());
    }

    @Test
    void cancelsAWaitingJobAndOneThatAnotherProcessRuns() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        worker.jobs().handle("held", context -> {
            CountDownLatch stopped = new CountDownLatch(1);
            entered.countDown();
            Cancellation.Registration registration = context.cancellation().onCancel(stopped::countDown);
            stopped.await();
            registration.close();
            context.cancellation().throwIfCancelled();
            return "1";
        });
        JobId waiting = submit("nobody-does-this");
        JobId running = submit("held");
        entered.await();

        assertEquals(
                "cancelled",
                cli.run("jobs", "cancel", waiting.value(), "--json")
                        .json()
                        .path("state")
                        .asText());
        Cli.Run asked = cli.run("jobs", "cancel", running.value());

        assertTrue(asked.out().contains("state      stopping\n"), asked.out());
        assertEquals("The job is asked to stop; the process that runs it hears of it within a second.\n", asked.err());
        assertEquals(
                JobState.CANCELLED,
                worker.jobs().await(Caller.LOCAL, running, PATIENCE).state());
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertError("error: There is nothing that jobs can 'kill'. Say list, show or cancel", cli.run("jobs", "kill"));
        assertError(
                "error: No job is named to cancel. Name one by its id; './studio jobs' lists them",
                cli.run("jobs", "cancel"));
        assertError(
                "error: Job '../x' is not there. List the jobs and use the id of one of them",
                cli.run("jobs", "show", "../x"));
        assertError("error: --limit is 0. Give a number from 1 to 1000", cli.run("jobs", "--limit", "0"));
        assertEquals(1, cli.run("jobs", "show", JobId.random().value()).exitCode());
    }

    private static void assertError(String message, Cli.Run run) {
        assertTrue(run.err().startsWith(message), run.err());
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
    }
}
