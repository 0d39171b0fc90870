package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows A15, S10. */
class ExportCommandTest {
    @TempDir
    Path folder;

    private Cli cli;
    private Path sales;

    @BeforeEach
    void open() throws IOException {
        cli = new Cli(folder.resolve("workspace"));
        sales = folder.resolve("sales.csv");
        Files.writeString(sales, "region,amount\nNorth,10\nSouth,20\nNorth,5\n");
    }

    @Test
    void writesAFileInAnotherFormat() throws IOException {
        Path out = folder.resolve("sales.jsonl");

        Cli.Run run = cli.run("export", sales.toString(), "--to", out.toString());

        assertEquals(0, run.exitCode(), run.err());
        assertEquals(out + ": 3 rows, " + Files.size(out) + " bytes\n", run.out());
        assertEquals(
                "{\"region\":\"North\",\"amount\":10}", Files.readAllLines(out).get(0));
    }

    @Test
    void writesTheRowsOfAStatementOverSeveralFiles() throws IOException {
        Path managers = folder.resolve("managers.csv");
        Files.writeString(managers, "region,name\nNorth,Ann\nSouth,Bob\n");
        Path out = folder.resolve("sums.csv");
        String sql =
                "SELECT name, sum(amount) AS total FROM sales JOIN managers USING (region) GROUP BY name ORDER BY 1";

        Cli.Run run = cli.run("export", sales.toString(), managers.toString(), sql, "--to", out.toString());

        assertEquals(0, run.exitCode(), run.err());
        assertEquals("name,total\nAnn,15\nBob,20\n", Files.readString(out));
    }

    @Test
    void replacesOnlyOnRequest() throws IOException {
        Path out = folder.resolve("out.csv");
        Files.writeString(out, "mine");

        Cli.Run refused = cli.run("export", sales.toString(), "--to", out.toString());
        Cli.Run replaced = cli.run("export", sales.toString(), "--to", out.toString(), "--replace");

        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("is there already"), refused.err());
        assertEquals(0, replaced.exitCode(), replaced.err());
        assertTrue(Files.readString(out).startsWith("region,amount\n"));
    }

    @Test
    void saysWhichEndingsThereAre() {
        Cli.Run run = cli.run(
                "export", sales.toString(), "--to", folder.resolve("x.doc").toString());

        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains(".xlsx"), run.err());
    }

    @Test
    void bringsAWorkspaceBackFromABackup() {
        cli.run("export", sales.toString(), "--to", folder.resolve("a.csv").toString());
        Path backup = folder.resolve("all.zip");

        Cli.Run made = cli.run("backup", backup.toString());
        Cli other = new Cli(folder.resolve("restored"));
        Cli.Run restored = other.run("restore", backup.toString());
        Cli.Run refused = cli.run("restore", backup.toString());

        assertEquals(0, made.exitCode(), made.err());
        assertEquals(0, restored.exitCode(), restored.err());
        assertTrue(restored.out().contains(" files, "), restored.out());
        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("not empty"), refused.err());
        assertEquals(
                0,
                other.run("sql", sales.toString(), "SELECT count(*) FROM sales").exitCode());
    }
}
