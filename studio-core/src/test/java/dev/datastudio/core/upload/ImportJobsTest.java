package dev.datastudio.core.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.fetch.UrlGuard;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.core.source.TableName;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports that somebody watches rather than waits for (A15, G10). */
class ImportJobsTest {
    private static final Caller ANN = new Caller("acme", "ann");

    @TempDir
    Path folder;

    private Studio studio;

    @BeforeEach
    void open() {
        studio = Studio.builder()
                .temporary()
                .fileFolders(List.of(folder))
                .downloads(UrlGuard.DEFAULT.allowing("127.0.0.1"))
                .build();
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private Job done(JobId id) {
        return studio.jobs().await(ANN, id, Duration.ofSeconds(60));
    }

    private Dataset only(Job job, String name) {
        Dataset dataset = studio.datasets().as(ANN).find(name).orElseThrow();
        assertEquals(JobState.SUCCEEDED, job.state(), () -> job.error().toString());
        assertEquals(
                "{\"type\":\"dataset\",\"id\":\"" + dataset.id() + "\"}",
                job.result().orElseThrow());
        return dataset;
    }

    @Test
    void anUploadIsImported() {
        Upload upload =
                studio.uploads().receive(ANN, "sales.csv", new ByteArrayInputStream("sales\n10\n20\n".getBytes(UTF_8)));

        Job job = done(studio.importJobs().file(ANN, upload.id()));

        assertEquals(2, only(job, "sales.csv").rowCount());
        assertEquals(only(job, "sales.csv"), studio.uploads().dataset(ANN, upload.id()));
    }

    @Test
    void aFileThatIsNobodysIsRefusedBeforeThereIsAJob() {
        StudioException refused =
                assertThrows(StudioException.class, () -> studio.importJobs().file(ANN, "f_unknown"));

        assertEquals(ErrorCode.FILE_NOT_FOUND, refused.code());
    }

    @Test
    void aFileOfTheWebIsImportedAndOneOfAnInnerNetworkIsNot() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("sales\n10\n".getBytes(UTF_8));
            exchange.close();
        });
        server.start();
        try {
            String port = ":" + server.getAddress().getPort();
            Job good = done(studio.importJobs().url(ANN, URI.create("http://127.0.0.1" + port + "/s.csv"), ""));
            Job fetched = done(studio.importJobs().fetch(ANN, URI.create("http://127.0.0.1" + port + "/t.csv?key=1")));
            Job bad = done(studio.importJobs().url(ANN, URI.create("http://localhost" + port + "/s.csv"), ""));

            assertEquals(1, only(good, "s.csv").rowCount());
            assertTrue(studio.datasets().as(ANN).find("t.csv").isEmpty());
            String upload = fetched.result().orElseThrow().replaceAll(".*(f_[a-z0-9]{20}).*", "$1");
            ImportOptions texts = ImportOptions.builder()
                    .name("texts.csv")
                    .types(Map.of("sales", ColumnType.TEXT))
                    .build();
            Dataset later = only(done(studio.importJobs().file(ANN, upload, texts)), "texts.csv");
            assertEquals(ColumnType.TEXT, later.columns().get(0).type());
            assertEquals(Origin.of(Origin.URL, "http://127.0.0.1" + port + "/t.csv"), later.origin());
            assertEquals(ErrorCode.URL_REFUSED, bad.error().orElseThrow().code());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aTableAndAQueryOfADatabaseAreImported() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id INTEGER, amount REAL)");
            statement.execute("INSERT INTO orders VALUES (1, 2.5), (2, 4.5)");
        }
        SourceId source = studio.as(ANN)
                .sources()
                .create(
                        SourceSpec.builder(SourceKind.SQLITE, "shop")
                                .database("shop.db")
                                .build(),
                        Secret.of(""))
                .id();

        Job table = done(studio.importJobs().table(ANN, source, TableName.of("orders"), "orders"));
        Job query = done(studio.importJobs().query(ANN, source, "SELECT amount FROM orders WHERE id = 2", "two"));
        Job write = done(studio.importJobs().query(ANN, source, "DELETE FROM orders", "none"));

        assertEquals(2, only(table, "orders").rowCount());
        assertEquals(1, only(query, "two").rowCount());
        assertEquals(ErrorCode.SQL_REFUSED, write.error().orElseThrow().code());
        assertTrue(studio.datasets().as(ANN).find("none").isEmpty());
        assertThrows(
                StudioException.class,
                () -> studio.importJobs().table(new Caller("other", "ann"), source, TableName.of("orders"), "o"));
    }
}
