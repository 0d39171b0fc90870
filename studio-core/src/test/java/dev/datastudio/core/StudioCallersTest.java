package dev.datastudio.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.chart.dataset.ChartKind;
import dev.datastudio.core.chart.dataset.ChartRequest;
import dev.datastudio.core.export.ExportFormat;
import dev.datastudio.core.export.ExportOptions;
import dev.datastudio.core.preview.Preview;
import dev.datastudio.core.preview.PreviewRequest;
import dev.datastudio.core.profile.ProfileOptions;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.relation.Relations;
import dev.datastudio.core.statistics.TestRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Rows and relations of several callers of one studio, whose tables have one name (D9). */
class StudioCallersTest {
    private static final Caller ANN = new Caller("acme", "ann");
    private static final Caller BEN = new Caller("acme", "ben");
    private static final Caller CLEO = new Caller("other", "ann");
    private static final List<Caller> ALL = List.of(ANN, BEN, CLEO);
    private static final Set<TableRef> TABLES = Set.of(TableRef.dataset("authors"), TableRef.dataset("books"));

    @TempDir
    Path folder;

    private Studio studio;

    @BeforeEach
    void open() {
        studio = Studio.inMemory();
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private Dataset imported(Caller caller, String name, String text) throws IOException {
        return studio.datasets().as(caller).importFile(Files.writeString(folder.resolve(name), text));
    }

    private List<Dataset> library(Caller caller) throws IOException {
        return List.of(
                imported(caller, "authors.csv", "author_id,name\n1,Ada\n2,Ben\n3,Cy\n4,Di\n"),
                imported(caller, "books.csv", "book_id,author_id,title\n11,1,A\n12,1,B\n13,2,C\n14,3,D\n15,4,E\n"));
    }

    private Object sum(Caller caller, Dataset dataset) {
        try (EngineLease lease = studio.engine(caller, List.of(dataset))) {
            return lease.engine()
                    .execute(Query.of("SELECT sum(sales)::BIGINT FROM orders"), Cancellation.none())
                    .rows()
                    .get(0)
                    .get(0);
        }
    }

    @Test
    void rowsAreThoseOfTheCallersTable() throws IOException {
        for (int round = 0; round < 2; round++) {
            for (Caller caller : ALL) {
                int sales = 10 + ALL.indexOf(caller);
                assertEquals((long) sales, sum(caller, imported(caller, "orders.csv", "sales\n" + sales + "\n")));
            }
        }
        Dataset annes = imported(ANN, "orders.csv", "sales\n10\n");
        for (Caller other : List.of(BEN, CLEO, studio.caller())) {
            StudioException refused = assertThrows(StudioException.class, () -> sum(other, annes));
            assertEquals(ErrorCode.DATASET_NOT_FOUND, refused.code());
        }
    }

    @Test
    void relationsOfACallerGoWithItsTables() throws IOException {
        for (Caller caller : ALL) {
            Relations own = studio.relations().as(caller);
            List<Relation> found = own.find(library(caller), ProgressListener.NONE, Cancellation.none());
            assertFalse(found.isEmpty());
        }

        studio.datasets()
                .as(ANN)
                .list()
                .forEach(dataset -> studio.datasets().as(ANN).delete(dataset.id()));

        assertEquals(List.of(), studio.relations().as(ANN).list(TABLES));
        assertFalse(studio.relations().as(BEN).list(TABLES).isEmpty());
        assertFalse(studio.relations().as(CLEO).list(TABLES).isEmpty());
    }

    @Test
    void relationsAmongTablesAreFoundForTheirOwnerOnly() throws IOException {
        List<Dataset> annes = library(ANN);
        assertTrue(studio.relations().as(ANN).among(annes, Cancellation.none()).stream()
                .anyMatch(Relation::isUsable));

        for (Caller other : List.of(BEN, CLEO, studio.caller())) {
            StudioException refused = assertThrows(
                    StudioException.class, () -> studio.relations().as(other).among(annes, Cancellation.none()));
            assertEquals(ErrorCode.DATASET_NOT_FOUND, refused.code());
        }
    }

    @Test
    void eachCallersViewShowsWhatIsTheirs() throws IOException {
        Dataset orders = imported(ANN, "orders.csv", "region,sales\nNorth,10\nSouth,20\nNorth,30\n");
        CallerStudio anne = studio.as(ANN);
        CallerStudio ben = studio.as(BEN);
        Query all = Query.of("SELECT count(*) FROM orders");
        ChartRequest bars = ChartRequest.of(ChartKind.BAR).x("region").build();

        assertEquals(
                3L,
                anne.query(List.of(orders), all, Cancellation.none())
                        .rows()
                        .get(0)
                        .get(0));
        assertEquals(
                3, anne.fullProfile(orders, ProfileOptions.DEFAULT).overview().rows());
        assertEquals(
                ChartKind.BAR, anne.chart(orders, bars, Cancellation.none()).kind());
        assertEquals(List.of(orders), anne.datasets().list());
        assertTrue(anne.preview(PreviewRequest.of(orders.id().toString())) instanceof Preview.Table);

        assertEquals(List.of(), ben.datasets().list());
        assertTrue(ben.preview(PreviewRequest.of(orders.id().toString())) instanceof Preview.Failed);
        for (Executable foreign : List.<Executable>of(
                () -> ben.query(List.of(orders), all, Cancellation.none()),
                () -> ben.fullProfile(orders, ProfileOptions.DEFAULT),
                () -> ben.chart(orders, bars, Cancellation.none()),
                () -> ben.test(orders, TestRequest.of("sales"), Cancellation.none()),
                () -> ben.exports().export(orders, folder.resolve("out.csv"), ExportOptions.of(ExportFormat.CSV)))) {
            assertEquals(
                    ErrorCode.DATASET_NOT_FOUND,
                    assertThrows(StudioException.class, foreign).code());
        }
    }
}
