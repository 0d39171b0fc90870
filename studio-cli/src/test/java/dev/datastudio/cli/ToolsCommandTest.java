package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.core.Studio;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows A12, P6. */
class ToolsCommandTest {
    @TempDir
    Path folder;

    private record Plant(String kind, int height) {}

    @Test
    void listsTheToolsOfTheStudioAndOfItsModules() {
        Cli.Run run = new Cli(folder).run("tools", "list");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("sql_query              built-in  read "), run.out());
        assertTrue(run.out().contains("search_documents       documents read "), run.out());
        assertTrue(run.out().contains("train_ml_model         learning  read "), run.out());
        assertTrue(run.out().contains("forecast_series        exploring read "), run.out());
        JsonNode json = new Cli(folder).run("tools", "--json").json();
        assertEquals(24, json.size());
    }

    @Test
    void callsAToolAsAModelDoes() {
        try (Studio studio = Studio.open(folder)) {
            studio.datasets().importRecords("plants", List.of(new Plant("fern", 3), new Plant("moss", 1)));
        }
        Cli cli = new Cli(folder);

        Cli.Run counted = cli.run("tools", "call", "count_rows", "{\"source_id\":\"plants\"}");
        Cli.Run wrong = cli.run("tools", "call", "count_rows", "{\"source\":\"plants\"}");
        Cli.Run unknown = cli.run("tools", "call", "count_row");

        assertEquals(0, counted.exitCode(), counted.err());
        assertTrue(counted.out().contains("Rows (1 shown, 1 total):\n2"), counted.out());
        assertEquals(1, wrong.exitCode());
        assertTrue(wrong.out().contains("the object has no 'source_id' (Give 'source_id')"), wrong.out());
        assertTrue(unknown.out().contains("Use 'count_rows', if that is what you want."), unknown.out());
    }

    @Test
    void saysWhatItCanDo() {
        assertTrue(new Cli(folder).run("tools", "sing").err().contains("Say list or call"));
    }
}
