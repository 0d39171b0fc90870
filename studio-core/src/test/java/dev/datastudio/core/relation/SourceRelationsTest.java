package dev.datastudio.core.relation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.JoinPath;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.export.ExportOptions;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.core.table.TableSource;
import dev.datastudio.testkit.OutsideData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows R1, R3, P6, A15 on a connected database: Chinook. */
class SourceRelationsTest {
    @TempDir
    Path folder;

    private Studio studio = Studio.inMemory();
    private Source chinook = new Source(
            dev.datastudio.core.source.SourceId.random(),
            SourceSpec.builder(SourceKind.HOST, "none").database("none").build(),
            1,
            java.time.Instant.EPOCH,
            java.time.Instant.EPOCH);

    @BeforeEach
    void connect() throws IOException {
        Path file = folder.resolve("chinook.sqlite");
        Files.copy(OutsideData.require("eval/sqlite/chinook.sqlite"), file);
        studio.close();
        studio = Studio.builder().temporary().fileFolders(List.of(folder)).build();
        chinook = studio.sources()
                .create(
                        SourceSpec.builder(SourceKind.SQLITE, "chinook")
                                .database(file.toString())
                                .build(),
                        Secret.of(""));
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private List<Relation> find() {
        return studio.relations().find(chinook.id(), ProgressListener.NONE, Cancellation.none());
    }

    private TableRef table(String name) {
        return new TableRef(chinook.id().toString(), name);
    }

    @Test
    void takesDeclaredKeysAsCertain() {
        List<Relation> declared = find().stream()
                .filter(relation -> relation.evidence().get(0).kind() == Evidence.Kind.DECLARED)
                .toList();

        assertEquals(11, declared.size());
        assertTrue(declared.stream().allMatch(relation -> relation.score() == 1));
    }

    @Test
    void findsTheWayFromAnArtistToAnInvoice() {
        find();
        Set<TableRef> all;
        try (TableSource source =
                studio.tables().open(Caller.LOCAL, chinook.id().toString())) {
            all = source.tables().stream().map(info -> table(info.name())).collect(Collectors.toSet());
        }

        List<JoinPath> paths = studio.relations().paths(table("Artist"), table("InvoiceLine"), all);

        assertEquals(1, paths.size());
        assertEquals(
                List.of("Album", "Track", "InvoiceLine"),
                paths.get(0).steps().stream()
                        .map(step -> step.right().table().table())
                        .toList());
        assertFalse(paths.get(0).keepsRows());
    }

    @Test
    void aRejectedRelationIsNotProposedAgain() {
        Relation wrong = find().get(0);
        studio.relations().decide(wrong, Relation.Status.REJECTED);

        assertTrue(find().stream()
                .anyMatch(relation ->
                        relation.from().equals(wrong.from()) && relation.status() == Relation.Status.REJECTED));
    }

    @Test
    void theDataToolsReadADatabase() {
        assertTrue(call("describe_source", "").contains("has 11 tables:"), call("describe_source", ""));
        assertTrue(call("describe_source", ",\"table\":\"album\"")
                .contains("\nArtistId | INTEGER | refers to Artist.ArtistId, never missing"));
        assertTrue(call("count_rows", ",\"table\":\"Track\"").endsWith("\n3503"));
        assertTrue(call("sample_source_data", ",\"table\":\"Genre\",\"n\":2").contains("Rows (2 shown, 25 total):"));
        assertTrue(call(
                        "aggregate_data",
                        ",\"table\":\"Invoice\",\"group_by\":\"BillingCountry\",\"agg_func\":\"sum(Total)\"")
                .contains("\nUSA "));
        assertTrue(call("read_source_data", "").startsWith("Error UNKNOWN_TABLE: 'chinook' has 11 tables"));
        assertTrue(call("execute_sql_query", ",\"sql\":\"SELECT load_extension('x')\"")
                .startsWith("Error SQL_REFUSED"));
    }

    private String call(String name, String more) {
        Tool tool = studio.dataTools().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        ToolResult result = tool.call(
                new ToolCall(name, "{\"source_id\":\"" + chinook.id() + "\"" + more + "}"),
                ToolContext.of(Caller.LOCAL));
        return result.text();
    }

    @Test
    void theRowsOfADatabaseAreExported() throws IOException {
        Path file = folder.resolve("tracks.csv");
        try (TableSource source =
                studio.tables().open(Caller.LOCAL, chinook.id().toString())) {
            studio.exports()
                    .export(
                            source.engine(),
                            Query.of("SELECT g.Name AS genre, count(*) AS tracks FROM Track t JOIN Genre g"
                                    + " ON g.GenreId = t.GenreId GROUP BY g.Name ORDER BY tracks DESC"),
                            file,
                            ExportOptions.of(file));
        }

        assertEquals(
                List.of("genre,tracks", "Rock,1297"), Files.readAllLines(file).subList(0, 2));
    }
}
