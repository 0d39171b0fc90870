package dev.datastudio.rag.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VersionStatus;
import dev.datastudio.rag.index.PostgresSearchIndex.Vectors;
import dev.datastudio.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PostgresConcurrencyTest {
    private static final IndexName NAME = new IndexName("acme", "documents");

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private DataSource database;

    @BeforeEach
    void makeDatabase() throws SQLException {
        database = PostgresServer.require().newDatabase();
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private SearchIndex open() {
        return PostgresSearchIndex.builder(database).vectors(Vectors.NONE).open();
    }

    /** Whose staged version another one took away publishes nothing, so in the end there may be none. */
    @Test
    void neverAreTwoVersionsFoundHoweverManyPublishTheirsAtOnce() throws Exception {
        try (SearchIndex one = open();
                SearchIndex other = open()) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int writer = i;
                work.add(() -> publishThree(writer % 2 == 0 ? one : other, writer));
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }

            List<VersionStatus> left = one.versions(NAME).stream()
                    .filter(VersionStatus::isPublished)
                    .toList();
            assertTrue(left.size() <= 1, left::toString);
            for (VersionStatus status : left) {
                assertEquals(1, one.passages(NAME, status.version(), 0, 10).size());
            }
        }
    }

    private static Void publishThree(SearchIndex index, int writer) {
        for (int i = 0; i < 3; i++) {
            PassageKey.Version version = new PassageKey.Version("same", writer + "-" + i);
            index.stage(NAME, List.of(passage(version)));
            index.publish(NAME, List.of(version));
        }
        return null;
    }

    private static Passage passage(PassageKey.Version version) {
        return new Passage(new PassageKey(version, 0), "whale", "", "en", Map.of());
    }

    /** A search that waits for a lock stands for one that takes long. */
    @Test
    void theServerStopsASearchThatIsCancelled() throws Exception {
        PassageKey.Version version = new PassageKey.Version("a", "1");
        Cancellation cancellation = Cancellation.create();
        try (SearchIndex index = open();
                Connection holder = database.getConnection();
                Statement statement = holder.createStatement()) {
            index.stage(NAME, List.of(passage(version)));
            index.publish(NAME, List.of(version));
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE studio_search.passage");
            SearchRequest request = new SearchRequest(new SearchRequest.Words("whale", "en"), SearchFilter.ALL, 3);

            Future<?> search = threads.submit(() -> index.search(NAME, request, cancellation));
            while (!somebodyWaits(statement)) {
                Thread.onSpinWait();
            }
            cancellation.cancel();

            ExecutionException stopped = assertThrows(ExecutionException.class, search::get);
            StudioException cause = assertInstanceOf(StudioException.class, stopped.getCause());
            assertEquals(ErrorCode.CANCELLED, cause.code());
        }
    }

    private static boolean somebodyWaits(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                + " WHERE d.datname = current_database() AND NOT l.granted")) {
            return rows.next();
        }
    }
}
