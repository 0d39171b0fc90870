package dev.datastudio.core.job;

import dev.datastudio.api.job.JobQueue;
import dev.datastudio.core.workspace.StateDatabase;
import dev.datastudio.testkit.job.JobQueueContract;
import dev.datastudio.testkit.job.JobQueueLimits;
import dev.datastudio.testkit.job.JobScheduleContract;
import dev.datastudio.testkit.job.SharedJobQueueContract;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Each queue has a connection of its own to the file, as another process would. */
class SqliteJobQueueTest {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @TempDir
    Path folder;

    private JobQueue open(JobQueueLimits limits, InstantSource clock) {
        StateDatabase database = StateDatabase.open(folder.resolve("state.db"));
        opened.push(database);
        JobQueue queue = DatabaseJobQueue.over(database, ContractOptions.of(limits), clock);
        opened.push(queue);
        return queue;
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Nested
    class Alone extends JobQueueContract {
        @Override
        protected JobQueue open(JobQueueLimits limits, InstantSource clock) {
            return SqliteJobQueueTest.this.open(limits, clock);
        }
    }

    @Nested
    class Shared extends SharedJobQueueContract {
        @Override
        protected JobQueue open(JobQueueLimits limits, InstantSource clock) {
            return SqliteJobQueueTest.this.open(limits, clock);
        }
    }

    @Nested
    class Timed extends JobScheduleContract {
        @Override
        protected JobQueue open(JobQueueLimits limits, InstantSource clock) {
            return SqliteJobQueueTest.this.open(limits, clock);
        }
    }
}
