package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.core.chart.dataset.ChartKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of chart by one command (A2). */
class ChartsCommandTest {
    private static final int MAX_PICTURE = 60_000;
    private static final int MAX_SHEET = 400_000;

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void open() {
        cli = new Cli(folder.resolve("workspace"));
    }

    private static Set<String> everyKind() {
        return Stream.of(ChartKind.values())
                .filter(kind -> kind != ChartKind.AUTO)
                .map(kind -> kind.jsonName() + ".png")
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Path out) throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void drawsSampleDataInEveryKindAndAllOnOneSheet() throws IOException {
        Path out = folder.resolve("out");

        Cli.Run run = cli.run("charts", "--out", out.toString());

        assertEquals(0, run.exitCode(), run.err());
        Set<String> expected = everyKind();
        expected.add("contact-sheet.png");
        assertEquals(expected, names(out));
        for (String name : everyKind()) {
            assertTrue(Files.size(out.resolve(name)) < MAX_PICTURE, name + " has " + Files.size(out.resolve(name)));
        }
        assertTrue(Files.size(out.resolve("contact-sheet.png")) < MAX_SHEET);
    }

    @Test
    void showsEveryKindInTheDocuments() throws IOException {
        Path docs = Path.of("../docs");
        String page = Files.readString(docs.resolve("charts.md"));

        for (String name : everyKind()) {
            assertTrue(page.contains("images/charts/" + name), name);
            assertTrue(Files.exists(docs.resolve("images/charts").resolve(name)), name);
        }
    }

    @Test
    void drawsAFileInTheKindsAskedFor() throws IOException {
        Path sales = folder.resolve("sales.csv");
        Files.writeString(sales, "region,sales\nNorth,10.5\nSouth,20\nNorth,11\nSouth,21.5\n");
        Path out = folder.resolve("few");

        Cli.Run run =
                cli.run("charts", sales.toString(), "--kind", "box", "--kind", "Bar", "--svg", "--out", out.toString());

        assertEquals(0, run.exitCode(), run.err());
        assertEquals(
                Set.of("box.png", "box.svg", "box.json", "bar.png", "bar.svg", "bar.json", "contact-sheet.png"),
                names(out));
    }

    @Test
    void refusesAKindThatThereIsNot() {
        Cli.Run run = cli.run("charts", "--kind", "radar");

        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("There is no kind of chart 'radar'. Use one of [auto, histogram"), run.err());
    }

    @Test
    void drawsEachOfSeveralFilesIntoAFolderOfItsOwn() throws IOException {
        Path one = folder.resolve("one.csv");
        Path two = folder.resolve("two.csv");
        Files.writeString(one, "region,sales\nNorth,10.5\nSouth,20\nNorth,11\n");
        Files.writeString(two, "shop,visits\nA,1.5\nB,2.5\nA,3.5\n");
        Path out = folder.resolve("out");

        Cli.Run run = cli.run("charts", one.toString(), two.toString(), "--kind", "bar", "--out", out.toString());

        assertEquals(0, run.exitCode(), run.err());
        assertEquals(Set.of("one", "two"), names(out));
        assertEquals(Set.of("bar.png", "contact-sheet.png"), names(out.resolve("two")));
    }

    @Test
    void refusesAFileWithoutAColumnToDrawAndAPlaceThatCannotBeWritten() throws IOException {
        Path texts = folder.resolve("texts.csv");
        Files.writeString(texts, "remark\nsome words\nother words\nmore of them\n");
        Path sales = folder.resolve("sales.csv");
        Files.writeString(sales, "region,sales\nNorth,10.5\nSouth,20\n");
        Path blocked = folder.resolve("blocked");
        Files.writeString(blocked, "a file where a folder has to be");

        Cli.Run nothing = cli.run("charts", texts.toString(), "--kind", "scatter", "--out", folder + "/x");
        Cli.Run unwritable = cli.run("charts", sales.toString(), "--out", blocked.toString());

        assertEquals(1, nothing.exitCode());
        assertTrue(nothing.err().contains("can be drawn like that"), nothing.err());
        assertEquals(1, unwritable.exitCode());
        assertTrue(unwritable.err().contains("The charts could not be written into"), unwritable.err());
        assertEquals("a file where a folder has to be", Files.readString(blocked));
    }
}
