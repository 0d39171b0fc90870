package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people give by mistake (D6): one line that says what is wrong and where, and nothing left behind. */
class BadInputTest {
    @TempDir
    Path folder;

    private Cli cli() {
        return new Cli(folder.resolve("workspace"));
    }

    @Test
    void refusesAMissingFile() throws IOException {
        assertRefused(folder.resolve("nothing.csv"), "nothing.csv");
    }

    @Test
    void refusesADirectory() throws IOException {
        assertRefused(Files.createDirectory(folder.resolve("sales.csv")), "sales.csv");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        assertRefused(write("empty.csv", ""), "empty");
    }

    @Test
    void refusesAHeaderWithoutRows() throws IOException {
        assertRefused(write("header.csv", "region,sales\n"), "header.csv");
    }

    @Test
    void refusesABinaryFile() throws IOException {
        byte[] bytes = new byte[5000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Path file = folder.resolve("picture.csv");
        Files.write(file, bytes);
        assertRefused(file, "picture.csv");
    }

    @Test
    void namesTheLineWithTooManyFields() throws IOException {
        assertRefused(write("long.csv", "region,sales\nNorth,1\nSouth,2,3\nEast,4\n"), "3");
    }

    @Test
    void saysWhichRowsWereTooShort() throws IOException {
        JsonNode answer = ask(write("short.csv", "region,sales\nNorth,1\nSouth\nEast,4\n"), "how many rows per region");

        assertEquals("answered", answer.path("status").asText(), answer.toString());
        assertTrue(answer.path("warnings").toString().contains("3"), answer.toString());
    }

    @Test
    void makesDoubleAndEmptyColumnNamesUnique() throws IOException {
        JsonNode answer = ask(write("names.csv", "sales,Sales,\n1,2,x\n3,4,y\n"), "average sales_2");

        assertEquals("3.0", answer.path("steps").get(0).path("value").asText(), answer.toString());
        assertTrue(answer.path("warnings").toString().contains("Sales_2"), answer.toString());
    }

    @Test
    void readsOtherEncodings() throws IOException {
        String text = "città,sales\nMünchen,10\nMünchen,20\nKøbenhavn,5\n";
        for (Charset charset : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16)) {
            Path file = folder.resolve(charset.name() + ".csv");
            Files.write(file, text.getBytes(charset));

            JsonNode answer = ask(file, "total sales by città");

            assertEquals("answered", answer.path("status").asText(), answer.toString());
            assertTrue(answer.path("steps").toString().contains("[\"München\",30"), answer.toString());
        }
    }

    @Test
    void readsTwoThousandColumns() throws IOException {
        String header = IntStream.range(0, 2000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String row = IntStream.range(0, 2000).mapToObj(Integer::toString).collect(Collectors.joining(","));

        JsonNode answer = ask(write("wide.csv", header + "\n" + row + "\n" + row + "\n"), "average c1999");

        assertEquals("1999.0", answer.path("steps").get(0).path("value").asText(), answer.toString());
    }

    @Test
    void readsAQuotedNewline() throws IOException {
        JsonNode answer = ask(write("quoted.csv", "note,sales\n\"two\nlines\",1\n\"plain\",2\n"), "average sales");

        assertEquals("1.5", answer.path("steps").get(0).path("value").asText(), answer.toString());
    }

    @Test
    void refusesAWorkspaceThatCannotBeWritten() throws IOException {
        Path file = write("sales.csv", "region,sales\nNorth,1\nSouth,2\n");
        Path blocked = write("blocked", "a file, not a folder");

        Cli.Run run = new Cli(blocked.resolve("workspace")).run("ask", file.toString(), "average sales");

        assertEquals(1, run.exitCode());
        assertOneLine(run.err());
        assertEquals("a file, not a folder", Files.readString(blocked));
    }

    @Test
    void refusesQuestionsWithoutAFile() {
        Cli.Run run = cli().run("ask", "average sales");

        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("./studio ask"), run.err());
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return file;
    }

    private JsonNode ask(Path file, String question) {
        return cli().run("ask", file.toString(), question, "--json").json();
    }

    private void assertRefused(Path file, String mentioned) throws IOException {
        cli().run("ask", write("good.csv", "a,b\n1,2\n").toString(), "average a");
        List<String> before = files(folder.resolve("workspace"));

        Cli.Run run = cli().run("ask", file.toString(), "average sales");

        assertEquals(1, run.exitCode(), run.out() + run.err());
        assertOneLine(run.err());
        assertTrue(run.err().contains(mentioned), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
        assertEquals(
                "error",
                cli().run("ask", file.toString(), "average sales", "--json")
                        .json()
                        .path("status")
                        .asText());
        assertEquals(before, files(folder.resolve("workspace")));
    }

    private static void assertOneLine(String text) {
        assertEquals(1, text.strip().lines().count(), text);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(name -> !name.contains("state.db"))
                    .sorted()
                    .toList();
        }
    }
}
