package dev.datastudio.core.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.SourceId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Row R2. */
class TableDocsTest {
    private static final Author WRITER = Author.model("gpt", "document-tables/1");
    private final SourceId shop = SourceId.random();
    private final TableRef orders = new TableRef(shop.toString(), "public.orders \"größe\"");
    private final Caller ann = new Caller("acme", "ann");
    private Studio studio = Studio.inMemory();
    private TableDocs docs = TableDocs.of(studio.metadata(), ann);

    @BeforeEach
    void open() {
        studio.close();
        studio = Studio.inMemory();
        docs = TableDocs.of(studio.metadata(), ann);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private TableDoc doc(String business, String fingerprint) {
        return new TableDoc(
                orders,
                new DocText("3 rows", WRITER),
                new DocText(business, WRITER),
                List.of(
                        new ColumnDoc("id", new DocText("names the order", WRITER)),
                        new ColumnDoc("total", new DocText("what it cost", WRITER))),
                fingerprint);
    }

    @Test
    void givesBackWhatWasSaved() {
        TableDoc doc = doc("Orders of customers", "f1");

        docs.save(doc);

        assertEquals(Optional.of(doc), docs.find(orders));
        assertEquals(List.of(doc), docs.list(shop));
        assertEquals(List.of(doc), docs.list());
        assertEquals(List.of(), docs.list(SourceId.random()));
        assertEquals(
                "Table public.orders \"größe\"\nOrders of customers\n3 rows\nid: names the order\ntotal: what it cost",
                doc.text());
    }

    @Test
    void keepsTheWordsOfPeopleWhateverIsSavedLater() {
        docs.save(doc("Orders of customers", "f1"));

        docs.edit(orders, TableEdit.none().business("Signed orders only").column("TOTAL", "with tax"));
        TableDoc kept = docs.save(doc("Something else", "f2"));

        assertEquals(new DocText("Signed orders only", Author.person("ann")), kept.business());
        assertEquals("with tax", kept.line("total").orElseThrow().text());
        assertEquals(new DocText("names the order", WRITER), kept.line("id").orElseThrow());
        assertEquals("f2", kept.fingerprint());
        assertEquals(Optional.of(kept), docs.find(orders));
    }

    @Test
    void writesAgainWhatAPersonTookBack() {
        docs.save(doc("Orders of customers", "f1"));
        docs.edit(orders, TableEdit.none().business("Signed orders only"));

        assertEquals("f1", docs.find(orders).orElseThrow().fingerprint());
        assertEquals("", docs.edit(orders, TableEdit.none().business(" ")).fingerprint());
        assertEquals(
                "Orders of customers",
                docs.save(doc("Orders of customers", "f1")).business().text());
    }

    @Test
    void showsNothingToAnotherTenantAndEverythingToColleagues() {
        docs.save(doc("Orders of customers", "f1"));

        TableDocs stranger = TableDocs.of(studio.metadata(), new Caller("other", "ann"));

        assertEquals(Optional.empty(), stranger.find(orders));
        assertEquals(List.of(), stranger.list());
        stranger.delete(orders);
        assertTrue(TableDocs.of(studio.metadata(), new Caller("acme", "ben"))
                .find(orders)
                .isPresent());
        docs.delete(orders);
        assertEquals(List.of(), docs.list());
    }

    @Test
    void saysWhichTableOrColumnIsNotThere() {
        StudioException table = assertThrows(StudioException.class, () -> docs.edit(orders, TableEdit.none()));
        docs.save(doc("Orders of customers", "f1"));
        StudioException column = assertThrows(
                StudioException.class, () -> docs.edit(orders, TableEdit.none().column("price", "x")));

        assertEquals(ErrorCode.UNKNOWN_TABLE, table.code());
        assertEquals(ErrorCode.UNKNOWN_COLUMN, column.code());
        assertTrue(column.getMessage().contains("Use one of [id, total]"), column.getMessage());
    }

    @Test
    void refusesTheDescriptionOfADataSet() {
        TableDoc doc = new TableDoc(
                TableRef.dataset("sales"), new DocText("", WRITER), new DocText("", WRITER), List.of(), "f");

        assertThrows(IllegalArgumentException.class, () -> docs.save(doc));
    }

    @Test
    void keepsTextThatWasCutWithinACharacter() {
        docs.save(doc("Half a smile \uD83D", "f1"));

        assertEquals(
                "Half a smile \uFFFD",
                docs.find(orders).orElseThrow().business().text());
    }
}
