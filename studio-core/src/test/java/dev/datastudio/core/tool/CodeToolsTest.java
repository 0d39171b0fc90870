package dev.datastudio.core.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.code.BubblewrapPython;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeToolsTest {
    private static final BubblewrapPython PROBED = BubblewrapPython.probe();

    @TempDir
    Path folder;

    private record Sale(String kind, int units) {}

    @Test
    void areNoneUnlessTheProgramGaveARunner() {
        try (Studio studio = Studio.inMemory()) {
            assertTrue(studio.codeRunner().isEmpty());
            assertEquals(List.of(), studio.codeTools());
        }
    }

    @Test
    void areNoneWithARunnerThatDidNotProveItself() {
        BubblewrapPython unproven = BubblewrapPython.probe(folder.resolve("gone"));

        try (Studio studio = Studio.builder().temporary().codeRunner(unproven).build()) {
            assertTrue(studio.codeRunner().isPresent());
            assertEquals(List.of(), studio.codeTools());
        }
    }

    @Test
    void runPythonOverDataSetsAndKeepItsFiles() throws IOException {
        try (Studio studio = proven()) {
            studio.datasets().importRecords("sales", Stream.of(new Sale("=a", 2), new Sale("b", 3)));

            ToolResult result = call(studio, """
                    {"source_ids": ["sales"], "code": "import csv\\nrows = list(csv.DictReader(open('sales.csv')))\\n\
                    print(rows[0]['kind'], sum(int(r['units']) for r in rows))\\nopen('sum.txt', 'w').write('5')"}
                    """, Caller.LOCAL);

            assertTrue(result.text().contains("Output:\n=a 5\n"), result::text);
            assertEquals(1, result.artifacts().size(), result::text);
            ArtifactKey key = new ArtifactKey(result.artifacts().get(0));
            assertTrue(key.isOwnedBy(Caller.LOCAL) && key.fileName().equals("sum.txt"), key::value);
            try (InputStream content = studio.artifacts().open(key)) {
                assertEquals("5", new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void sayWhatWentWrong() {
        try (Studio studio = proven()) {
            ToolResult failed = call(studio, "{\"code\": \"1 / 0\"}", Caller.LOCAL);
            ToolResult flood = call(studio, "{\"code\": \"print('x' * 100000)\"}", Caller.LOCAL);
            ToolResult unknown = call(studio, "{\"code\": \"1\", \"file\": \"/etc/passwd\"}", Caller.LOCAL);

            assertTrue(failed.isError() && failed.text().contains("ZeroDivisionError"), failed::text);
            assertTrue(flood.text().contains("(cut after 16384 bytes; print less)"), flood::text);
            assertTrue(unknown.isError() && unknown.text().contains("INVALID_ARGUMENT"), unknown::text);
        }
    }

    @Test
    void giveNobodyTheDataOfAnother() {
        try (Studio studio = proven()) {
            studio.datasets().importRecords("sales", Stream.of(new Sale("a", 2)));

            ToolResult result =
                    call(studio, "{\"source_ids\": [\"sales\"], \"code\": \"1\"}", new Caller("other", "someone"));

            assertTrue(result.isError() && result.text().contains("SOURCE_NOT_FOUND"), result::text);
        }
    }

    private Studio proven() {
        BubblewrapPython runner = PROBED;
        assumeTrue(runner.availability().isAvailable(), runner.availability()::text);
        return Studio.builder().temporary().codeRunner(runner).build();
    }

    private static ToolResult call(Studio studio, String arguments, Caller caller) {
        Tool tool = studio.codeTools().get(0);
        assertEquals("run_python", tool.name());
        assertEquals(SideEffect.EXTERNAL, tool.sideEffect());
        return tool.call(new ToolCall("run_python", arguments), ToolContext.of(caller));
    }
}
