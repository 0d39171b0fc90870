package dev.datastudio.core.job;

import dev.datastudio.api.job.JobContext;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.core.workspace.PostgresDatabase;
import dev.datastudio.core.workspace.StateDatabase;
import dev.datastudio.core.workspace.TransactionalDatabase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that works on jobs, to be killed or paused. Arguments: the file of a state database or the URL of a PostgreSQL
 * one; a folder to talk through; milliseconds between heartbeats and how many may be missed. Ends when its input ends.
 */
public final class JobChild {
    static final String READY = "ready";
    static final String STARTED = "started ";
    static final String RETURNING = "returning ";
    static final String CLOSED = "closed";

    private final Path folder;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private JobChild(Path folder) {
        this.folder = folder;
    }

    /** Works until its input ends. */
    public static void main(String[] arguments) throws IOException {
        JobChild child = new JobChild(Path.of(arguments[1]));
        JobOptions options = withHeartbeat(
                ContractOptions.of(JobQueueKills.LIMITS),
                Duration.ofMillis(Long.parseLong(arguments[2])),
                Integer.parseInt(arguments[3]));
        try (TransactionalDatabase database = open(arguments[0]);
                JobQueue queue = DatabaseJobQueue.over(database, options, InstantSource.system())) {
            queue.handle("until-released", child::untilReleased);
            queue.handle("steps", child::steps);
            child.out.println(READY);
            while (System.in.read() >= 0) {
                Thread.onSpinWait(); // nothing is said, only the end counts
            }
        }
        child.out.println(CLOSED);
    }

    static TransactionalDatabase open(String location) {
        if (!location.startsWith("jdbc:")) {
            return StateDatabase.open(Path.of(location));
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(location);
        return PostgresDatabase.open(source);
    }

    static JobOptions withHeartbeat(JobOptions options, Duration heartbeat, int missed) {
        return new JobOptions(
                options.workers(),
                options.overall(),
                options.maxWaitingPerTenant(),
                options.poll(),
                heartbeat,
                missed,
                Duration.ofMinutes(1),
                options.closeWait(),
                options.keepFinished());
    }

    /** The first try ends when it is released, whatever its cancellation says; others at once. */
    private String untilReleased(JobContext context) throws InterruptedException {
        out.println(STARTED + context.id() + " " + context.attempt());
        while (context.attempt() == 1 && !Files.exists(folder.resolve("released"))) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        out.println(RETURNING + context.id() + " " + context.attempt());
        return "" + context.attempt();
    }

    /** Takes a tenth of a second, and leaves a file named for the try when it begins. */
    private String steps(JobContext context) throws IOException, InterruptedException {
        out.println(STARTED + context.id() + " " + context.attempt());
        Files.createFile(folder.resolve(context.id() + "." + context.fence()));
        for (int i = 0; i < 10; i++) {
            context.cancellation().throwIfCancelled();
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return "" + context.fence();
    }
}
