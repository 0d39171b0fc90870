package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.testkit.server.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Databases from the command line (R1, R2, R3). */
@Timeout(120)
class SourcesCommandTest {
    private static final String PASSWORD = "canary-typed-in-1234";

    private final InputStream input = System.in;

    @TempDir
    Path folder;

    private Cli cli = new Cli(Path.of(""));

    @BeforeEach
    void open() {
        cli = new Cli(folder.resolve("workspace"));
    }

    @AfterEach
    void close() {
        System.setIn(input);
    }

    private static void fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE region (region_id INTEGER PRIMARY KEY, label VARCHAR(40))");
            statement.execute(
                    "CREATE TABLE sale (sale_id INTEGER PRIMARY KEY, region_id INTEGER, revenue DECIMAL(8,2))");
            for (int i = 1; i <= 12; i++) {
                statement.execute("INSERT INTO region VALUES (" + i + ", 'Region " + i + "')");
                statement.execute("INSERT INTO sale VALUES (" + (100 + i) + ", " + (i % 11 + 1) + ", " + i + ".25)");
            }
        }
    }

    private String sqlite() throws SQLException {
        Path file = folder.resolve("shop.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            fill(connection);
        }
        return file.toString();
    }

    @Test
    void connectsLoadsAsksAndForgetsAFile() throws SQLException {
        String file = sqlite();

        Cli.Run added = cli.run("sources", "add", "Shop", "--kind=sqlite", "--database=" + file);
        Cli.Run checked = cli.run("sources", "check", "shop");
        Cli.Run before = cli.run("sources", "list");
        Cli.Run loaded = cli.run("sources", "load", "Shop");
        Cli.Run after = cli.run("sources", "list");
        Cli.Run asked = cli.run("sources", "ask", "Shop", "total revenue by label", "--no-images");
        Cli.Run reported = cli.run("report", "shop", "total revenue by label", "--no-images");

        assertEquals("Added Shop. Try it: ./studio sources check Shop\n", added.out(), added.err());
        assertTrue(checked.out().startsWith("Shop answers: SQLite 3."), checked.out() + checked.err());
        assertEquals("Shop  sqlite " + file + ", not loaded\n", before.out());
        assertTrue(
                loaded.out().startsWith("Shop: 2 described, 0 as before, 0 gone; 1 relations; "),
                loaded.out() + loaded.err());
        assertTrue(
                loaded.out()
                        .contains("\nsale.region_id -> region.region_id  0.92\n"
                                + "   The name region_id points to region_id of region\n"
                                + "   11 of 11 different values of sale.region_id are found in region.region_id, which has"
                                + " 12, each once\n"),
                loaded.out());
        assertTrue(
                loaded.out()
                        .contains(
                                "\nsale\n   Each row stands for a sale. It belongs to a region. Its numbers are revenue.\n"),
                loaded.out());
        assertEquals("Shop  sqlite " + file + ", 2 tables loaded\n", after.out());
        assertEquals(0, asked.exitCode(), asked.out() + asked.err());
        assertTrue(asked.out().contains("Region 2"), asked.out());
        assertEquals(0, reported.exitCode(), reported.out() + reported.err());
        assertTrue(reported.out().contains("Region 2"), reported.out());
        assertEquals(
                "Forgot Shop and its password.\n",
                cli.run("sources", "delete", "Shop").out());
        assertTrue(cli.run("sources", "list").out().startsWith("There are no databases yet."));
    }

    @Test
    void printsJson() throws SQLException {
        cli.run("sources", "add", "Shop", "--kind=sqlite", "--database=" + sqlite());

        JsonNode loaded = cli.run("sources", "load", "Shop", "--json").json();
        JsonNode again = cli.run("sources", "load", "Shop", "--json").json();
        JsonNode listed = cli.run("sources", "list", "--json").json();
        JsonNode asked = cli.run("sources", "ask", "Shop", "total revenue", "--no-images", "--json")
                .json();

        JsonNode relation = loaded.path("relations").path(0);
        assertEquals("sale", relation.path("from").path("table").asText());
        assertTrue(relation.path("usable").asBoolean());
        assertEquals("name", relation.path("evidence").path(0).path("kind").asText());
        assertEquals(
                "described_built_in",
                loaded.path("tables").path(0).path("outcome").asText());
        assertEquals(
                "built_in",
                loaded.path("tables").path(0).path("business").path("by").asText());
        assertEquals("unchanged", again.path("tables").path(0).path("outcome").asText());
        assertEquals(2, listed.path(0).path("loadedTables").asInt());
        assertEquals("answered", asked.path("status").asText(), asked::toString);
        assertEquals(81.0, asked.path("steps").path(0).path("value").asDouble());
    }

    @Test
    void keepsAPasswordOutOfSight() throws SQLException {
        DataSource database = PostgresServer.require().newDatabase();
        URI address;
        try (Connection connection = database.getConnection()) {
            fill(connection);
            address = URI.create(connection.getMetaData().getURL().substring("jdbc:".length()));
        }
        System.setIn(new ByteArrayInputStream((PASSWORD + "\n").getBytes(StandardCharsets.UTF_8)));

        Cli.Run added = cli.run(
                "sources",
                "add",
                "Live",
                "--kind=postgresql",
                "--host=" + address.getHost(),
                "--port=" + address.getPort(),
                "--database=" + address.getPath().substring(1),
                "--user=postgres",
                "--password-stdin");
        Cli.Run checked = cli.run("sources", "check", "Live");
        Cli.Run loaded = cli.run("sources", "load", "Live", "--json");
        Cli.Run listed = cli.run("sources", "list", "--json");

        assertEquals(0, added.exitCode(), added.err());
        assertTrue(checked.out().startsWith("Live answers: PostgreSQL "), checked.out() + checked.err());
        assertTrue(checked.out().contains("superuser"), checked.out());
        assertEquals(1, loaded.json().path("relations").size(), loaded.out() + loaded.err());
        for (Cli.Run run : new Cli.Run[] {added, checked, loaded, listed}) {
            assertFalse((run.out() + run.err()).contains(PASSWORD));
        }
    }

    @Test
    void tellsWhatIsWrong() throws SQLException {
        String file = sqlite();
        cli.run("sources", "add", "Shop", "--kind=sqlite", "--database=" + file);

        Cli.Run twice = cli.run("sources", "add", "shop", "--kind=sqlite", "--database=" + file);
        Cli.Run kind = cli.run("sources", "add", "x", "--kind=oracle", "--database=y");
        Cli.Run unset = cli.run(
                "sources",
                "add",
                "x",
                "--kind=mysql",
                "--host=localhost",
                "--database=y",
                "--user=ann",
                "--password-env=STUDIO_NO_SUCH_VARIABLE");
        Cli.Run nobody = cli.run("sources", "load", "Other");
        Cli.Run both = cli.run("sources", "load", "Shop", "--built-in", "--model=x");
        Cli.Run model = cli.run("sources", "load", "Shop", "--model=x");
        Cli.Run url = cli.run("sources", "add", "x", "--kind=postgresql", "--host=a?b", "--database=c");

        assertTrue(twice.err().startsWith("error: There is a database 'shop' already."), twice.err());
        assertTrue(kind.err().startsWith("error: --kind is 'oracle'. Use one of [postgresql, mysql, "), kind.err());
        assertTrue(unset.err().startsWith("error: The variable 'STUDIO_NO_SUCH_VARIABLE' is not set."), unset.err());
        assertTrue(nobody.err().startsWith("error: There is no database 'Other'."), nobody.err());
        assertTrue(both.err().startsWith("error: --built-in and --model contradict each other."), both.err());
        assertEquals(1, model.exitCode(), model.out());
        assertEquals(1, url.exitCode(), url.out());
    }
}
