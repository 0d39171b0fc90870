package dev.datastudio.core.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.workspace.StateDatabase;
import dev.datastudio.testkit.job.JobQueueLimits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SQLite lets one write at a time: while somebody else does for seconds, no heart beats. */
@Timeout(120)
class BusySqliteTest {
    private static final Caller ANN = new Caller("acme", "ann");
    private static final Duration HEARTBEAT = Duration.ofMillis(100);

    @TempDir
    Path folder;

    @Test
    void aJobStaysWithItsProcessWhileAnotherOneWritesForLongerThanItTakesToBeLost() throws Exception {
        Path file = folder.resolve("state.db");
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        try (StateDatabase mine = StateDatabase.open(file);
                StateDatabase others = StateDatabase.open(file);
                JobQueue working = queue(mine);
                JobQueue other = queue(others)) {
            working.handle("held", context -> {
                entered.countDown();
                leave.await();
                return "" + context.fence();
            });
            JobId id = working.submit(ANN, JobRequest.of("held", "1"));
            entered.await();
            other.handle("held", context -> "\"taken over\"");

            for (int round = 0; round < 3; round++) {
                writeFor(file, HEARTBEAT.multipliedBy(12));
            }
            leave.countDown();
            Job job = working.await(ANN, id, Duration.ofSeconds(30));

            assertEquals("1", job.result().orElseThrow());
            assertEquals(1, job.attempt());
        }
    }

    /** Three times what a process may be silent; nothing can be waited for, as time is what it is about. */
    private static void writeFor(Path file, Duration time) throws SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("BEGIN IMMEDIATE");
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
            statement.execute("COMMIT");
        }
    }

    private static JobQueue queue(StateDatabase database) {
        JobOptions options = JobChild.withHeartbeat(ContractOptions.of(JobQueueLimits.WIDE), HEARTBEAT, 4);
        return DatabaseJobQueue.over(database, options, InstantSource.system());
    }
}
