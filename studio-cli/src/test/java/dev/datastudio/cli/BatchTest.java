package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of questions in one process (D2, D12): one answer object a line, whatever becomes of it. */
class BatchTest {
    @TempDir
    Path folder;

    @Test
    void answersEachLineUnderItsId() throws IOException {
        Path sales = folder.resolve("sales.csv");
        Files.writeString(sales, "region,sales\nNorth,10\nSouth,20\n");
        Path questions = folder.resolve("questions.jsonl");
        Files.writeString(questions, """
                {"id":"q1","data":["SALES"],"question":"average sales by region"}

                {"id":"q2","data":["SALES"],"question":"how happy is everybody"}
                {"id":"q3","data":["missing.csv"],"question":"average sales"}
                this is no JSON
                {"id":"q5","data":["SALES"],"question":"total sales"}
                """.replace("SALES", sales.toString()));

        Cli.Run run = new Cli(folder.resolve("workspace")).run("ask", "--batch", questions.toString(), "--no-images");

        assertEquals(0, run.exitCode(), run.err());
        List<JsonNode> answers = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            answers.add(new ObjectMapper().readTree(line));
        }
        assertEquals(
                List.of("q1", "q2", "q3", "line-5", "q5"),
                answers.stream().map(a -> a.path("id").asText()).toList());
        assertEquals("answered", answers.get(0).path("status").asText());
        assertEquals(0, answers.get(0).path("steps").get(0).path("artifacts").size());
        assertEquals("not_understood", answers.get(1).path("status").asText());
        assertEquals("error", answers.get(2).path("status").asText());
        assertTrue(answers.get(2).path("message").asText().contains("missing.csv"));
        assertEquals("error", answers.get(3).path("status").asText());
        assertEquals(30.0, answers.get(4).path("steps").get(0).path("value").asDouble());
    }

    @Test
    void refusesAMissingFileOfQuestions() {
        Cli.Run run = new Cli(folder.resolve("workspace"))
                .run("ask", "--batch", folder.resolve("none.jsonl").toString());

        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("none.jsonl"), run.err());
    }
}
