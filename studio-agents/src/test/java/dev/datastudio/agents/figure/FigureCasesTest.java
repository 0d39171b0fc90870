package dev.datastudio.agents.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FigureCasesTest {
    private static List<FigureCase> cases() {
        return FigureCase.load("cases.txt");
    }

    private static Stream<FigureCase> settled() {
        return cases().stream().filter(each -> !each.isKnownWrong());
    }

    @ParameterizedTest
    @MethodSource("settled")
    void flagsExactlyWhatNoToolStates(FigureCase each) {
        FigureReport report = each.check();

        assertEquals(
                each.flagged(), report.unsupported().stream().map(Figure::text).toList());
        assertTrue(report.isComplete());
    }

    @Test
    void wrongFlagsAndMissedOnesAreRareOverAllCases() throws IOException {
        int wrongly = 0;
        int missed = 0;
        int sound = 0;
        int unsound = 0;
        for (FigureCase each : cases()) {
            FigureReport report = each.check();
            List<String> flagged = new ArrayList<>(
                    report.unsupported().stream().map(Figure::text).toList());
            unsound += each.flagged().size();
            sound += report.figures().size() - each.flagged().size();
            missed += (int) each.flagged().stream()
                    .filter(figure -> !flagged.remove(figure))
                    .count();
            wrongly += flagged.size();
        }

        String told = String.format(
                "%d of %d sound figures wrongly and misses %d of %d others", wrongly, sound, missed, unsound);
        assertTrue(wrongly <= 0.02 * sound && missed <= 0.05 * unsound, told);
        String page = Files.readString(Path.of("..", "docs", "chat.md")).replaceAll("\\s+", " ");
        assertTrue(page.contains("On " + cases().size() + " answers written"), "cases: " + cases().size());
        assertTrue(page.contains("it flags " + told), told);
    }
}
