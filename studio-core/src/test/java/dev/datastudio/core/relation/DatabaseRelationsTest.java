package dev.datastudio.core.relation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.schema.Author;
import dev.datastudio.core.schema.DocText;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.schema.TableDocs;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.core.workspace.Workspace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row R3: what the data of a database says to proposals. */
class DatabaseRelationsTest {
    @TempDir
    Path folder;

    private Studio studio = Studio.inMemory();
    private SourceId shop = SourceId.random();

    @BeforeEach
    void connect() throws SQLException {
        Path file = folder.resolve("shop.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE staff (staff_id INTEGER, nick TEXT, team INTEGER)");
            statement.execute(
                    "CREATE TABLE sale (no INTEGER, seller INTEGER, staff_ref INTEGER, code TEXT, later INTEGER,"
                            + " staff_id INTEGER)");
            for (int i = 1; i <= 8; i++) {
                statement.execute("INSERT INTO staff VALUES (" + i + ", 'n" + i + "', 1)");
            }
            for (int i = 1; i <= 20; i++) {
                statement.execute("INSERT INTO sale VALUES (" + (100 + i) + ", " + (i % 3 + 2) + ", " + (i % 15 + 1)
                        + ", 'n" + (i % 4 + 1) + "', NULL, " + (i % 8 + 1) + ")");
            }
        }
        studio.close();
        studio = Studio.builder().temporary().fileFolders(List.of(folder)).build();
        shop = studio.sources()
                .create(
                        SourceSpec.builder(SourceKind.SQLITE, "shop")
                                .database(file.toString())
                                .build(),
                        Secret.of(""))
                .id();
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private TableRef table(String name) {
        return new TableRef(shop.toString(), name);
    }

    private ProposedRelation proposal(String from, String column, String to, String key) {
        return new ProposedRelation(
                Key.of(table(from), column),
                Key.of(table(to), key),
                new Evidence(Evidence.Kind.MODEL, 1, "A model proposed it"));
    }

    private CheckedRelation check(ProposedRelation proposal) {
        try (DatabaseRelations relations = studio.relations().open(shop)) {
            List<Relation> found = relations.find(ProgressListener.NONE, Cancellation.none());
            return relations
                    .check(List.of(proposal), found, Cancellation.none())
                    .get(0);
        }
    }

    @Test
    void usesAProposalThatTheDataBearsOut() {
        Relation relation = check(proposal("sale", "SELLER", "staff", "staff_id"))
                .relation()
                .orElseThrow();

        assertTrue(relation.isUsable(), relation::toString);
        assertEquals(Key.of(table("sale"), "seller"), relation.from());
        assertEquals(
                List.of(
                        "A model proposed it",
                        "3 of 3 different values of " + table("sale") + ".seller are found in " + table("staff")
                                + ".staff_id, which has 8, each once"),
                relation.evidence().stream().map(Evidence::words).toList());
    }

    @Test
    void turnsAProposalThatIsTheWrongWayRound() {
        Relation relation =
                check(proposal("staff", "nick", "sale", "code")).relation().orElseThrow();

        assertEquals(Key.of(table("sale"), "code"), relation.from());
        assertEquals(Key.of(table("staff"), "nick"), relation.to());
    }

    @Test
    void keepsOutWhatTheDataSpeaksAgainst() {
        CheckedRelation values = check(proposal("sale", "staff_ref", "staff", "staff_id"));
        CheckedRelation repeated = check(proposal("sale", "seller", "staff", "team"));
        CheckedRelation types = check(proposal("sale", "seller", "staff", "nick"));
        CheckedRelation missing = check(proposal("sale", "buyer", "staff", "staff_id"));
        CheckedRelation itself = check(proposal("sale", "no", "sale", "no"));

        assertFalse(values.isSupported());
        assertEquals(
                "Only 8 of 15 different values of " + table("sale") + ".staff_ref are found in " + table("staff")
                        + ".staff_id, which has 8, each once",
                values.words());
        assertTrue(
                repeated.words().endsWith("team does not name a row: of 8 rows it has 1 different values"),
                repeated::words);
        assertTrue(types.words().endsWith("can't hold the same values: INTEGER and TEXT"), types::words);
        assertEquals("There is no column " + table("sale") + ".buyer", missing.words());
        assertFalse(itself.isSupported());
    }

    @Test
    void onlyGuessesWhereAColumnIsEmptyOrRefersElsewhere() {
        Relation empty =
                check(proposal("sale", "later", "staff", "staff_id")).relation().orElseThrow();
        Relation elsewhere =
                check(proposal("sale", "staff_id", "sale", "no")).relation().orElse(null);
        Relation known = check(proposal("sale", "staff_id", "staff", "staff_id"))
                .relation()
                .orElseThrow();

        assertFalse(empty.isUsable(), empty::toString);
        assertEquals(null, elsewhere);
        assertTrue(known.isUsable());
    }

    @Test
    void forgetsADatabaseThatIsDisconnected() {
        studio.relations().find(shop, ProgressListener.NONE, Cancellation.none());
        TableDocs docs = TableDocs.of(studio.metadata(), Caller.LOCAL);
        DocText text = new DocText("x", Author.builtIn("1"));
        docs.save(new TableDoc(table("sale"), text, text, List.of(), "f"));
        Set<TableRef> tables = Set.of(table("sale"), table("staff"));
        assertEquals(1, studio.relations().list(tables).size());

        studio.sources().delete(shop);

        assertEquals(List.of(), studio.relations().list(tables));
        assertEquals(List.of(), docs.list());
    }

    @Test
    void keepsRelationsInTheStoreThatIsGiven() {
        try (Workspace workspace = Workspace.temporary();
                Studio given = Studio.builder()
                        .temporary()
                        .relations(SqlRelationStore.over(workspace.state()))
                        .build()) {
            TableRef a = TableRef.dataset("a");
            TableRef b = TableRef.dataset("b");
            Relation relation = new Relation(Key.of(a, "x"), Key.of(b, "y"), 1, List.of(), Relation.Status.PROPOSED);

            given.relations().decide(relation, Relation.Status.ACCEPTED);

            String owner = Caller.LOCAL.tenant() + "/" + Caller.LOCAL.user();
            assertEquals(
                    1,
                    SqlRelationStore.over(workspace.state())
                            .relations(owner, Set.of(a, b))
                            .size());
        }
    }
}
