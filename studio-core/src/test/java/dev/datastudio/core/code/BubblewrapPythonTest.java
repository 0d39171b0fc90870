package dev.datastudio.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.datastudio.api.code.CodeRequest;
import dev.datastudio.api.code.CodeResult;
import dev.datastudio.api.code.CodeRunner;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.testkit.code.CodeRunnerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BubblewrapPythonTest extends CodeRunnerContract {
    @TempDir
    static Path temporary;

    private static BubblewrapPython runner = BubblewrapPython.probe(Path.of("/not/there"));

    @BeforeAll
    static void probe() {
        runner = BubblewrapPython.probe(temporary);
    }

    @AfterAll
    static void leavesNothingBehind() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Override
    protected CodeRunner runner() {
        return runner;
    }

    @Test
    void saysWhatItRuns() {
        assertTrue(
                runner.availability().text().matches("Python 3\\.\\d+.*with.* pandas.*"), runner.availability()::text);
    }

    @Test
    void computesWithPandas(@TempDir Path folder) throws IOException {
        assumeTrue(runner.availability().text().contains(" with pandas"), runner.availability()::text);
        Path csv = Files.writeString(folder.resolve("in.csv"), "kind,n\na,1\nb,5\na,2\n");
        String code = """
                import pandas
                sums = pandas.read_csv('sales.csv').groupby('kind').n.sum()
                sums.to_csv('sums.csv')
                print(sums.to_dict())
                """;

        CodeResult result = runner.run(
                CodeRequest.python(code, folder.resolve("out")).withInput("sales.csv", csv), Cancellation.none());

        assertEquals("{'a': 3, 'b': 5}\n", result.standardOutput().text(), result.errorOutput()::text);
        assertEquals("kind,n\na,3\nb,5\n", Files.readString(folder.resolve("out/sums.csv")));
    }

    @Test
    void isNotAvailableWhereItCanNotBeTried(@TempDir Path folder) {
        BubblewrapPython none = BubblewrapPython.probe(folder.resolve("gone"));

        StudioException e = assertThrows(
                StudioException.class,
                () -> none.run(CodeRequest.python("1", folder.resolve("out")), Cancellation.none()));

        assertFalse(none.availability().isAvailable());
        assertTrue(none.availability().text().contains("Give a temporary folder"), none.availability()::text);
        assertEquals(ErrorCode.DEPENDENCY_MISSING, e.code());
        assertTrue(e.getMessage().contains("gone"), e.getMessage());
    }
}
