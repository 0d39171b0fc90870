package dev.datastudio.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.audit.AuditEvent;
import dev.datastudio.core.audit.AuditEvent.Outcome;
import dev.datastudio.core.audit.AuditQuery;
import dev.datastudio.core.audit.AuditRecord;
import dev.datastudio.core.backup.BackupOptions;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.export.ExportOptions;
import dev.datastudio.core.fetch.Fetch;
import dev.datastudio.core.fetch.UrlGuard;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.QuotaLimits;
import dev.datastudio.core.usage.UsageLine;
import dev.datastudio.core.usage.Window;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows D9, D10. */
class StudioActivityTest {
    @TempDir
    Path folder;

    private StudioBuilder builder() {
        return Studio.builder().workspace(folder.resolve("workspace"));
    }

    private Path csv(String name, int rows) throws IOException {
        StringBuilder text = new StringBuilder("id,secret_note\n");
        for (int i = 0; i < rows; i++) {
            text.append(i).append(",confidential-").append(i).append('\n');
        }
        return Files.writeString(folder.resolve(name), text);
    }

    /** The oldest first; closing writes what waits. */
    private List<AuditEvent> audited() {
        try (Studio studio = builder().build()) {
            List<AuditEvent> events =
                    new ArrayList<>(studio.audit().list(AuditQuery.of(Caller.LOCAL.tenant())).records().stream()
                            .map(AuditRecord::event)
                            .toList());
            Collections.reverse(events);
            return events;
        }
    }

    @Test
    void tellsTheAuditLogOfImportsExportsBackupsAndDeletions() throws Exception {
        Dataset dataset;
        try (Studio studio = builder().build()) {
            dataset = studio.datasets().importFile(csv("people.csv", 3));
            studio.datasets().importFile(folder.resolve("people.csv"));
            studio.exports().export(dataset, folder.resolve("out.csv"), ExportOptions.of(folder.resolve("out.csv")));
            studio.backUp(folder.resolve("backup.zip"), BackupOptions.DEFAULT);
            studio.datasets().delete(dataset.id());
        }

        List<AuditEvent> events = audited();

        assertEquals(
                List.of("dataset.import", "dataset.import", "dataset.export", "workspace.backup", "dataset.delete"),
                events.stream().map(AuditEvent::action).toList());
        assertTrue(events.stream().allMatch(event -> event.outcome() == Outcome.DONE));
        assertEquals(List.of(dataset.id().toString()), events.get(0).subjects());
        assertEquals(
                Map.of("name", "people.csv", "origin", "file", "version", "1"),
                events.get(0).details());
        assertEquals(
                Map.of("name", "people.csv", "origin", "file", "version", "1", "unchanged", "true"),
                events.get(1).details(),
                "the second import found what was there");
        assertEquals(List.of(dataset.id().toString()), events.get(1).subjects());
        assertEquals("3", events.get(2).details().get("rows"));
        assertEquals(List.of(dataset.id().toString()), events.get(4).subjects());
        assertFalse(events.toString().contains("confidential"), events.toString());
    }

    @Test
    void tellsOfWhatFailedToo() {
        try (Studio studio = builder().build()) {
            assertThrows(StudioException.class, () -> studio.datasets().importFile(folder.resolve("gone.csv")));
            assertThrows(StudioException.class, () -> studio.datasets().delete(DatasetId.random()));
        }

        List<AuditEvent> events = audited();

        assertEquals(Outcome.FAILED, events.get(0).outcome());
        assertEquals("gone.csv", events.get(0).details().get("name"));
        assertTrue(events.get(0).details().containsKey("error"));
        assertEquals("DATASET_NOT_FOUND", events.get(1).details().get("error"));
    }

    @Test
    void tellsOfSourcesWithoutTheirPasswords() {
        Source source;
        try (Studio studio = builder().fileFolders(List.of(folder)).build()) {
            SourceSpec spec = SourceSpec.builder(SourceKind.POSTGRESQL, "shop")
                    .host("db.example.org")
                    .database("shop")
                    .user("reader")
                    .build();
            source = studio.sources().create(spec, Secret.of("hunter2-of-the-shop"));
            studio.sources().update(source.id(), source.revision(), spec, Secret.of("hunter3-of-the-shop"));
            studio.sources().delete(source.id());
        }

        List<AuditEvent> events = audited();

        assertEquals(
                List.of("source.create", "source.update", "source.delete"),
                events.stream().map(AuditEvent::action).toList());
        assertTrue(events.stream()
                .allMatch(event -> event.subjects().equals(List.of(source.id().toString()))));
        assertEquals("shop", events.get(0).details().get("name"));
        assertFalse(events.toString().contains("hunter"), events.toString());
    }

    @Test
    void anAuditThatIsOffIsToldNothing() throws Exception {
        try (Studio studio = builder().auditing(Studio.Auditing.OFF).build()) {
            studio.datasets().importFile(csv("people.csv", 3));
        }

        assertEquals(List.of(), audited());
    }

    @Test
    void anImportBeyondTheQuotaIsRefusedAndAudited() throws Exception {
        Path small = csv("small.csv", 3);
        Path large = csv("large.csv", 300);
        QuotaLimits limits =
                QuotaLimits.NONE.perUser(Measure.BYTES, Window.DAY, Files.size(small) + Files.size(large) - 1);
        try (Studio studio = builder().quotas(limits).build()) {
            studio.datasets().importFile(small);
            studio.datasets().importFile(small);

            StudioException refused =
                    assertThrows(StudioException.class, () -> studio.datasets().importFile(large));

            assertEquals(ErrorCode.QUOTA_EXCEEDED, refused.code());
            assertTrue(
                    refused.getMessage()
                            .contains(Files.size(small) + " of " + (Files.size(small) + Files.size(large) - 1)),
                    refused.getMessage());
            assertEquals(Files.size(small), used(studio));
            assertEquals(1, studio.datasets().list().size());
        }
        AuditEvent last = audited().get(2);
        assertEquals(Outcome.REFUSED, last.outcome());
        assertEquals("QUOTA_EXCEEDED", last.details().get("error"));
    }

    @Test
    void aFailedImportCostsNothing() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.csv"), "");
        QuotaLimits limits = QuotaLimits.NONE.perUser(Measure.BYTES, Window.DAY, 1_000);
        try (Studio studio = builder().quotas(limits).build()) {
            assertThrows(StudioException.class, () -> studio.datasets().importFile(empty));

            assertEquals(0, used(studio));
        }
    }

    private record Row(int id, String text) {}

    private static Stream<Row> rows(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Row(i, "x".repeat(992)));
    }

    @Test
    void rowsOfUnknownSizeAreCountedByTheirValues() throws Exception {
        QuotaLimits limits = QuotaLimits.NONE.perUser(Measure.BYTES, Window.DAY, 2_999);
        try (Studio studio = builder().quotas(limits).build()) {
            studio.datasets().importRecords("rows", rows(1));
            studio.datasets().importRecords("rows", rows(1));
            assertEquals(1_000, used(studio));

            assertEquals(
                    ErrorCode.QUOTA_EXCEEDED,
                    assertThrows(StudioException.class, () -> studio.datasets().importRecords("more", rows(2)))
                            .code());
            assertEquals(1_000, used(studio));
            assertEquals(1, studio.datasets().list().size());
        }
    }

    @Test
    void rowsWithoutAnEndStopSoonAfterTheQuotaAndLeaveNothing() throws Exception {
        long quota = 20L << 20;
        AtomicInteger read = new AtomicInteger();
        QuotaLimits limits = QuotaLimits.NONE.perUser(Measure.BYTES, Window.DAY, quota);
        try (Studio studio = builder().quotas(limits).build()) {
            Stream<Row> endless = Stream.generate(() -> new Row(read.incrementAndGet(), "x".repeat(992)));

            StudioException refused =
                    assertThrows(StudioException.class, () -> studio.datasets().importRecords("endless", endless));

            assertEquals(ErrorCode.QUOTA_EXCEEDED, refused.code());
            assertTrue(read.get() * 1_000L <= quota + (2 << 20), () -> "read " + read.get() + " rows");
            assertEquals(0, used(studio));
            assertEquals(0, studio.datasets().list().size());
            try (Stream<Path> files = Files.walk(folder.resolve("workspace"))) {
                assertEquals(
                        List.of(),
                        files.filter(f -> f.toString().contains("importing-")).toList());
            }
        }
    }

    @Test
    void aDownloadWithoutAnEndStopsSoonAfterTheQuotaAndLeavesNothing() throws Exception {
        long quota = 5L << 20;
        AtomicLong sent = new AtomicLong();
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] line = "1,2\n".repeat(4_096).getBytes(UTF_8);
            try (OutputStream body = exchange.getResponseBody()) {
                while (sent.addAndGet(line.length) < (1L << 30)) {
                    body.write(line);
                }
            }
        });
        web.start();
        QuotaLimits limits = QuotaLimits.NONE.perUser(Measure.BYTES, Window.DAY, quota);
        try (Studio studio = builder().quotas(limits).build()) {
            URI address = URI.create("http://127.0.0.1:" + web.getAddress().getPort() + "/endless.csv");
            Fetch fetch = Fetch.with(UrlGuard.DEFAULT.allowing("127.0.0.1"));

            StudioException refused = assertThrows(
                    StudioException.class, () -> studio.datasets().importUrl(address, fetch, ImportOptions.DEFAULT));

            assertEquals(ErrorCode.QUOTA_EXCEEDED, refused.code());
            assertTrue(sent.get() < (64L << 20), () -> "sent " + sent.get());
            assertEquals(0, used(studio));
            assertEquals(0, studio.datasets().list().size());
        } finally {
            web.stop(0);
        }
    }

    @Test
    void withoutLimitsNothingIsCounted() throws Exception {
        try (Studio studio = builder().build()) {
            studio.datasets().importFile(csv("people.csv", 3));

            assertEquals(0, used(studio));
        }
    }

    private static long used(Studio studio) {
        return studio.usage().of(Caller.LOCAL).stream()
                .filter(line ->
                        line.quota().measure() == Measure.BYTES && line.quota().window() == Window.DAY)
                .mapToLong(UsageLine::used)
                .max()
                .orElseThrow();
    }
}
