package dev.datastudio.testkit.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.RetryPolicy;
import dev.datastudio.api.tenant.Caller;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.function.Executable;

/** What the contracts of queues share: the queues, two callers of different tenants, requests and patience. */
abstract class JobQueueFixture {
    /** Long enough for a busy machine; a test that passes doesn't wait for it. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final Caller ANN = new Caller("acme", "ann");
    static final Caller EVE = new Caller("other", "ann");

    /**
     * Another queue on the storage of this test.
     *
     * @param limits for each of the queue names; overall 0 for no limit. Handlers that don't stop are interrupted after
     *     300 milliseconds; closing waits as long for running jobs. Finished jobs are kept for 30 days
     */
    protected abstract JobQueue open(JobQueueLimits limits, InstantSource clock) throws Exception;

    final JobQueue open() throws Exception {
        return open(JobQueueLimits.WIDE, InstantSource.system());
    }

    static JobRequest request(String type) {
        return JobRequest.of(type, "{\"n\":1}").withRetry(RetryPolicy.NONE);
    }

    static Job done(JobQueue queue, Caller caller, JobId id) {
        Job job = queue.await(caller, id, PATIENCE);
        assertTrue(job.state().isFinal(), "not done: " + job);
        return job;
    }

    static void awaitWhateverHappens(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // deaf, as some code is
            }
        }
    }

    /** Asserts what an action fails with. */
    static void assertCode(ErrorCode code, Executable action) {
        assertEquals(code, assertThrows(StudioException.class, action).code());
    }
}
