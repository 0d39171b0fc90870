package dev.datastudio.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.QueueName;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.job.DatabaseJobQueue;
import dev.datastudio.core.job.JobOptions;
import dev.datastudio.core.workspace.PostgresDatabase;
import dev.datastudio.core.workspace.StateDatabase;
import dev.datastudio.core.workspace.TransactionalDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Jobs that do nothing, from submission to their end, beside a loop that makes the same durable changes over plain JDBC:
 * a transaction that inserts, one that takes, one that ends.
 */
final class JobsBenchmark implements Benchmark {
    private static final int FULL_JOBS = 2_000;
    private static final int QUICK_JOBS = 500;
    private static final int ROUNDS = 3;

    /** Of the loop, which asks nothing, limits nothing and would lose the jobs of a killed process. */
    private static final double LEAST = 0.1;

    private static final Caller CALLER = new Caller("bench", "bench");

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public String summary() {
        return "jobs a second, submitted, run and ended, in SQLite and PostgreSQL, beside the same changes by plain JDBC";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        int count = effort == Effort.QUICK ? QUICK_JOBS : FULL_JOBS;
        return List.of(sqlite(scratch, count), postgres(count));
    }

    private static Measurement sqlite(Path scratch, int count) throws Exception {
        try (StateDatabase database = StateDatabase.open(scratch.resolve("state.db"));
                Connection bare = DriverManager.getConnection("jdbc:sqlite:" + scratch.resolve("bare.db"))) {
            try (Statement statement = bare.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
            }
            return measure("SQLite", database, bare, count);
        }
    }

    private static Measurement postgres(int count) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                HikariDataSource pool = pool(server.getPostgresDatabase());
                PostgresDatabase database = PostgresDatabase.open(pool);
                Connection bare = server.getPostgresDatabase().getConnection()) {
            return measure("PostgreSQL", database, bare, count);
        }
    }

    private static HikariDataSource pool(DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(10);
        return new HikariDataSource(config);
    }

    private static Measurement measure(String kind, TransactionalDatabase database, Connection bare, int count)
            throws Exception {
        JobOptions options =
                JobOptions.DEFAULT.withMaxWaitingPerTenant(2 * count).withWorkers(QueueName.GENERAL, 4);
        try (JobQueue queue = DatabaseJobQueue.over(database, options, InstantSource.system());
                BareJobs loop = new BareJobs(bare)) {
            queue.handle("nothing", context -> "null");
            Interleaved.Medians medians =
                    Interleaved.medians(ROUNDS, () -> runAll(queue, count), () -> loop.run(count));
            return Measurement.atLeastTimes(
                    String.format("jobs in %s, submitted, run and ended", kind),
                    count * 1_000 / medians.ours(),
                    "jobs/s",
                    "the same three transactions a job over plain JDBC",
                    count * 1_000 / medians.theirs(),
                    LEAST);
        }
    }

    private static void runAll(JobQueue queue, int count) {
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(queue.submit(CALLER, JobRequest.of("nothing", "{\"n\":" + i + "}")));
        }
        for (JobId id : ids) {
            if (!queue.await(CALLER, id, Duration.ofMinutes(5)).state().isFinal()) {
                throw new IllegalStateException("Job " + id + " did not end");
            }
        }
    }

    /** What a job needs at least: rows inserted, taken and ended, each durable before the next. */
    private static final class BareJobs implements AutoCloseable {
        private final Connection connection;
        private final PreparedStatement insert;
        private final PreparedStatement insertRun;
        private final PreparedStatement take;
        private final PreparedStatement takeRun;
        private final PreparedStatement end;
        private final PreparedStatement endRun;
        private long next;

        BareJobs(Connection connection) throws SQLException {
            this.connection = connection;
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE bare_job (id BIGINT PRIMARY KEY, type TEXT, payload TEXT, state TEXT,"
                        + " created_at BIGINT, started_at BIGINT, ended_at BIGINT, result TEXT)");
                statement.execute("CREATE TABLE bare_run (id BIGINT PRIMARY KEY, picked INTEGER, heartbeat_at BIGINT)");
            }
            connection.setAutoCommit(false);
            insert = connection.prepareStatement(
                    "INSERT INTO bare_job (id, type, payload, state, created_at) VALUES (?, 'nothing', '{}', 'queued', ?)");
            insertRun = connection.prepareStatement("INSERT INTO bare_run (id, picked) VALUES (?, 0)");
            take = connection.prepareStatement("UPDATE bare_job SET state = 'running', started_at = ? WHERE id = ?");
            takeRun = connection.prepareStatement("UPDATE bare_run SET picked = 1, heartbeat_at = ? WHERE id = ?");
            end = connection.prepareStatement(
                    "UPDATE bare_job SET state = 'succeeded', result = 'null', ended_at = ? WHERE id = ?");
            endRun = connection.prepareStatement("DELETE FROM bare_run WHERE id = ?");
        }

        void run(int count) throws SQLException {
            for (int i = 0; i < count; i++) {
                long id = next++;
                long now = System.currentTimeMillis();
                update(insert, id, now);
                update(insertRun, id);
                connection.commit();
                update(take, now, id);
                update(takeRun, now, id);
                connection.commit();
                update(end, now, id);
                update(endRun, id);
                connection.commit();
            }
        }

        private static void update(PreparedStatement statement, long... values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                statement.setLong(i + 1, values[i]);
            }
            statement.executeUpdate();
        }

        @Override
        public void close() throws SQLException {
            for (PreparedStatement statement : List.of(insert, insertRun, take, takeRun, end, endRun)) {
                statement.close();
            }
        }
    }
}
