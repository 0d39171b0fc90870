package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scores of a question set by one command (D12). */
class EvalCommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    void set() throws IOException {
        Path tables = Files.createDirectories(folder.resolve("wtq/tables"));
        Files.writeString(tables.resolve("sales.csv"), "Region,Units\nEast,3\nWest,5\n");
        Files.writeString(folder.resolve("wtq/questions.jsonl"), """
                {"id": "q1", "question": "total Units", "table": "sales.csv", "answer": ["8"]}
                {"id": "q2", "question": "total Units", "table": "sales.csv", "answer": ["9"]}
                {"id": "q3", "question": "what colour has the moon", "table": "sales.csv", "answer": ["9"]}
                """);
    }

    @Test
    void printsTheScores() {
        Cli.Run run = Cli.runAsTyped("eval", "wtq", folder.resolve("wtq").toString());

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("wtq"), run.out());
        assertTrue(run.out().contains("1 ( 33.3%)       1 ( 33.3%)       1 ( 33.3%)    50.0%"), run.out());
    }

    @Test
    void printsTheScoresAsJsonAndWritesWhatWasNotRight() throws IOException {
        Path failures = folder.resolve("failures.jsonl");

        Cli.Run run = Cli.runAsTyped("eval", "wtq", folder.toString(), "--json", "--failures", failures.toString());

        JsonNode scores = run.json();
        assertEquals(3, scores.path("questions").asInt());
        assertEquals(1, scores.path("right").asInt());
        List<String> lines = Files.readAllLines(failures);
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).contains("\"id\":\"q2\""), lines.get(0));
        assertTrue(lines.get(1).contains("\"outcome\":\"refused\""), lines.get(1));
    }

    @Test
    void refusesAnUnknownFormatAndAFolderWithoutASet() {
        Cli.Run format = Cli.runAsTyped("eval", "spyder", folder.toString());
        Cli.Run nothing = Cli.runAsTyped("eval", "nvbench", folder.toString());
        Cli.Run limit = Cli.runAsTyped("eval", "wtq", folder.toString(), "--limit", "0");

        assertEquals(1, format.exitCode());
        assertTrue(format.err().contains("Use one of [nvbench, spider_dev, dabench, defog, wtq, nl4dv]"), format.err());
        assertEquals(1, nothing.exitCode());
        assertTrue(nothing.err().contains("it has no folder 'tables'"), nothing.err());
        assertEquals(1, limit.exitCode());
        assertTrue(limit.err().contains("--limit"), limit.err());
    }
}
