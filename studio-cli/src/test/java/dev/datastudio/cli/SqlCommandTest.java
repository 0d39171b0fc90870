package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.testkit.query.HostileSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL from the command line (D4), and nothing that writes or looks elsewhere. */
class SqlCommandTest {
    @TempDir
    Path folder;

    private Cli cli;
    private Path sales;

    @BeforeEach
    void importSales() throws IOException {
        cli = new Cli(folder.resolve("workspace"));
        sales = folder.resolve("sales.csv");
        Files.writeString(sales, "region,sales\nNorth,10\nSouth,20\n");
    }

    @Test
    void printsAlignedRows() {
        Cli.Run run = cli.run("sql", sales.toString(), "SELECT region, sales * 2 AS twice FROM sales ORDER BY 1");

        assertEquals(0, run.exitCode(), run.err());
        assertEquals(
                List.of("region | twice", "-------+------", "North  |    20", "South  |    40"),
                run.out().lines().toList());
    }

    @Test
    void printsJson() {
        Cli.Run run = cli.run("sql", sales.toString(), "SELECT sum(sales) AS total FROM sales", "--json");

        assertEquals("[\"total\"]", run.json().path("columns").toString());
        assertEquals(30, run.json().path("rows").get(0).get(0).asInt());
        assertEquals(1, run.json().path("totalRows").asInt());
    }

    @Test
    void refusesEveryHostileStatementAndChangesNothing() throws IOException {
        Path orders = write("orders.csv", "id,region,amount,placed\n1,North,10.5,2024-01-02\n2,South,20,2024-02-03\n");
        Path customers = write("customers.csv", "region,manager\nNorth,Ada\nSouth,Bob\n");
        Path canary = write("canary.csv", "secret\nhidden\n");
        Path written = folder.resolve("written.csv");
        Path data = storedFile(orders, customers);
        Map<String, String> before = hashes();
        List<HostileSql> statements = HostileSql.of("duckdb");
        assertTrue(statements.size() >= 60, "statements: " + statements.size());

        for (HostileSql statement : statements) {
            String sql = statement.aimedAt(canary, data, written).sql();
            Cli.Run run = cli.run("sql", orders.toString(), customers.toString(), sql, "--timeout", "1");

            assertEquals(1, run.exitCode(), statement.name() + ": " + run.out());
            assertEquals(1, run.err().strip().lines().count(), statement.name() + ": " + run.err());
        }
        assertEquals(before, hashes());
        assertFalse(Files.exists(written));
        assertEquals(
                2,
                cli.run("sql", orders.toString(), "SELECT count(*) AS n FROM orders", "--json")
                        .json()
                        .path("rows")
                        .get(0)
                        .get(0)
                        .asInt());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Imports two files; gives where the first one's rows lie. */
    private Path storedFile(Path orders, Path customers) throws IOException {
        assertEquals(
                0,
                cli.run("sql", orders.toString(), customers.toString(), "SELECT 1 AS one")
                        .exitCode());
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("data.duckdb"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Map<String, String> hashes() throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().startsWith("state.db")) {
                    hashes.put(folder.relativize(file).toString(), sha256(Files.readAllBytes(file)));
                }
            }
        }
        return hashes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
