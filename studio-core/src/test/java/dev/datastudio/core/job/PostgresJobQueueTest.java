package dev.datastudio.core.job;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.core.workspace.PostgresDatabase;
import dev.datastudio.testkit.job.JobQueueContract;
import dev.datastudio.testkit.job.JobQueueLimits;
import dev.datastudio.testkit.job.JobScheduleContract;
import dev.datastudio.testkit.job.SharedJobQueueContract;
import dev.datastudio.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** On a real server; the queues of a test share its database and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresJobQueueTest {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private HikariDataSource pool;

    @BeforeAll
    void connect() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(PostgresServer.require().newDatabase());
        config.setMaximumPoolSize(10);
        pool = new HikariDataSource(config);
    }

    @AfterAll
    void disconnect() {
        if (pool != null) {
            pool.close();
        }
    }

    private JobQueue open(JobQueueLimits limits, InstantSource clock) {
        PostgresDatabase database = PostgresDatabase.open(pool);
        opened.push(database);
        JobQueue queue = DatabaseJobQueue.over(database, ContractOptions.of(limits), clock);
        opened.push(queue);
        return queue;
    }

    @AfterEach
    void closeAllAndEmptyTheTables() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE job, job_run, job_schedule");
        }
    }

    @Nested
    class Alone extends JobQueueContract {
        @Override
        protected JobQueue open(JobQueueLimits limits, InstantSource clock) {
            return PostgresJobQueueTest.this.open(limits, clock);
        }
    }

    @Nested
    class Shared extends SharedJobQueueContract {
        @Override
        protected JobQueue open(JobQueueLimits limits, InstantSource clock) {
            return PostgresJobQueueTest.this.open(limits, clock);
        }
    }

    @Nested
    class Timed extends JobScheduleContract {
        @Override
        protected JobQueue open(JobQueueLimits limits, InstantSource clock) {
            return PostgresJobQueueTest.this.open(limits, clock);
        }
    }
}
