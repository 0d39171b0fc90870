package dev.datastudio.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.tenant.Caller;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudioJobsTest {
    @Test
    void aJobOutlastsTheStudioThatItWasSubmittedTo(@TempDir Path folder) {
        JobId id;
        try (Studio studio = Studio.open(folder)) {
            id = studio.jobs().submit(studio.caller(), JobRequest.of("count", "[1,2]"));
        }

        try (Studio studio = Studio.open(folder)) {
            studio.jobs()
                    .handle(
                            "count",
                            context -> "{\"folder\":" + studio.datasets().list().size() + "}");
            Job job = studio.jobs().await(studio.caller(), id, Duration.ofSeconds(30));

            assertEquals(JobState.SUCCEEDED, job.state());
            assertEquals("{\"folder\":0}", job.result().orElseThrow());
        }
    }

    @Test
    void runningJobsMayUseTheStudioWhileItCloses() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        Studio studio = Studio.inMemory();
        studio.jobs().handle("late", context -> {
            entered.countDown();
            closing.await();
            String result = "" + studio.datasets().list().size();
            finished.countDown();
            return result;
        });
        studio.jobs().submit(Caller.LOCAL, JobRequest.of("late", "{}"));
        entered.await();
        Thread closer = new Thread(studio::close);
        closer.start();
        closing.countDown();
        closer.join();

        assertEquals(0, finished.getCount());
        assertThrows(IllegalStateException.class, studio::jobs);
    }

    @Test
    void takesAQueueFromOutsideAndLeavesItOpen(@TempDir Path folder) {
        try (Studio owner = Studio.open(folder)) {
            JobQueue outside = owner.jobs();
            try (Studio studio = Studio.builder().temporary().jobs(outside).build()) {
                assertSame(outside, studio.jobs());
            }

            assertFalse(outside.find(Caller.LOCAL, JobId.random()).isPresent());
        }
    }
}
