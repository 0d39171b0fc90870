package dev.datastudio.core.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One database, several processes. */
@Timeout(60)
class SharedWorkspaceTest {
    @TempDir
    Path folder;

    @Test
    void readsAtOnceAndWritesLaterWhileAnotherProcessHoldsTheWriteLock() throws IOException {
        try (StateDatabase database = StateDatabase.open(file());
                ChildJvm other = ChildJvm.start(StateDatabaseChild.class, "hold", file().toString())) {
            other.awaitLine("holding");

            assertEquals(0, count(database, "SELECT count(*) FROM result_cache"));
            CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(
                    () -> database.write(connection -> StateDatabaseChild.addPair(connection, "mine")));
            other.say("go");
            other.awaitLine("done");

            assertEquals(2, waiting.join());
            assertEquals(4, count(database, "SELECT count(*) FROM result_cache"));
        }
    }

    @Test
    void twoProcessesCreateAndFillOneDatabaseAtOnce() throws IOException {
        try (ChildJvm other = ChildJvm.start(StateDatabaseChild.class, "add", file().toString(), "300")) {
            try (StateDatabase database = StateDatabase.open(file())) {
                for (int i = 0; i < 300; i++) {
                    String key = "parent-" + i;
                    database.writeRelaxed(connection -> StateDatabaseChild.addPair(connection, key));
                }
                other.awaitLine("done");

                assertEquals(1_200, count(database, "SELECT count(*) FROM result_cache"));
                assertEquals(1_200, count(database, "SELECT entries FROM result_cache_total"));
                assertEquals(List.of(), database.integrityProblems());
            }
        }
    }

    @RepeatedTest(5)
    void keepsEveryCommittedPairWholeWhenItsProcessIsKilled() throws IOException {
        String acknowledged;
        try (ChildJvm writer = ChildJvm.start(StateDatabaseChild.class, "add-for-ever", file().toString())) {
            acknowledged = "";
            for (int i = 0; i < 50 + (int) (System.nanoTime() % 50); i++) {
                acknowledged = writer.awaitLine("committed").substring("committed ".length());
            }
            writer.kill();
        }

        try (StateDatabase database = StateDatabase.open(file())) {
            assertEquals(List.of(), database.integrityProblems());
            assertEquals(2, count(database, "SELECT count(*) FROM result_cache WHERE key = '" + acknowledged + "'"));
            assertEquals(
                    0,
                    count(
                            database,
                            "SELECT count(*) FROM (SELECT key FROM result_cache GROUP BY key HAVING count(*) <> 2)"));
            assertEquals(
                    count(database, "SELECT sum(size) FROM result_cache"),
                    count(database, "SELECT total_bytes FROM result_cache_total"));
            database.write(connection -> StateDatabaseChild.addPair(connection, "after"));
            assertEquals(2, count(database, "SELECT count(*) FROM result_cache WHERE key = 'after'"));
        }
    }

    private Path file() {
        return folder.resolve("state.db");
    }

    private static int count(StateDatabase database, String sql) {
        int result = database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getInt(1);
            }
        });
        return result;
    }
}
