package dev.datastudio.agents.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.datastudio.agents.figure.Figure.Asked;
import dev.datastudio.agents.figure.Figure.Customary;
import dev.datastudio.agents.figure.Figure.Derived;
import dev.datastudio.agents.figure.Figure.Operation;
import dev.datastudio.agents.figure.Figure.Stated;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FigureCheckTest {
    private static final ToolOutput SALES = new ToolOutput(
            "call_7", "sql_query", "Columns: region, orders\nRows (2 shown, 2 total):\nWest | 3203\nEast | 2848");

    private static FigureReport check(String answer, ToolOutput... outputs) {
        return FigureCheck.check(answer, "", List.of(outputs));
    }

    private static List<String> flagged(FigureReport report) {
        return report.unsupported().stream().map(Figure::text).toList();
    }

    @Test
    void tiesAFigureToTheCallAndTheLineThatHoldsIt() {
        Figure figure = check("East has 2,848 orders.", new ToolOutput("call_1", "a", "nothing"), SALES)
                .figures()
                .get(0);

        assertEquals("2,848", figure.text());
        assertEquals(9, figure.start());
        assertEquals(
                new Stated(new Figure.Place("call_7", "sql_query", SALES.text().indexOf("2848"), "East | 2848")),
                figure.basis());
    }

    @Test
    void choosesThePlaceWhoseLineSharesWordsWithTheSentence() {
        ToolOutput twice = new ToolOutput("call_1", "sql_query", "West | 12\nSouth | 12\nNorth | 12");

        Stated basis = (Stated) check("South has 12.", twice).figures().get(0).basis();

        assertEquals("South | 12", basis.place().excerpt());
    }

    @Test
    void namesTheOperationAndThePlacesOfADerivedFigure() {
        Derived basis = (Derived) check("West has 3,203 orders, East 2,848: 355 fewer.", SALES)
                .figures()
                .get(2)
                .basis();

        assertEquals(Operation.DIFFERENCE, basis.operation());
        assertEquals(
                Set.of("West | 3203", "East | 2848"),
                basis.operands().stream().map(Figure.Place::excerpt).collect(Collectors.toSet()));
    }

    @Test
    void saysThatANumberOnlyRepeatsTheQuestionOrACustom() {
        List<Figure> figures = FigureCheck.check("Above 500, p < 0.05.", "Is it above 500?", List.of())
                .figures();

        assertEquals(
                List.of(new Asked(), new Customary()),
                figures.stream().map(Figure::basis).toList());
    }

    @Test
    void aDerivedOneDigitNumberNeedsItsOperandsInTheSameSentence() {
        ToolOutput output = new ToolOutput("c", "t", "a | 12\nb | 7");

        assertEquals(List.of("5"), flagged(check("A has 12. B has 7. The difference is 5.", output)));
        assertEquals(List.of(), flagged(check("A has 12 and B 7, a difference of 5.", output)));
    }

    @Test
    void readsOnlySoMuchOfAHostileAnswerAndSaysSo() {
        FigureReport many = check("1 ".repeat(90_000));
        FigureReport large = check("x".repeat(FigureCheck.MAX_ANSWER) + " 17");

        assertEquals(FigureCheck.MAX_FIGURES, many.figures().size());
        assertFalse(many.isComplete());
        assertEquals(List.of(), large.figures());
        assertFalse(large.isComplete());
    }

    @Test
    void readsTheLatestResultsWhenThereAreTooMany() {
        ToolOutput early = new ToolOutput("early", "t", "4711 " + "x".repeat(FigureCheck.MAX_EVIDENCE));
        ToolOutput late = new ToolOutput("late", "t", "1234 " + "y".repeat(FigureCheck.MAX_EVIDENCE / 2));

        FigureReport report = check("1234", early, late, new ToolOutput("last", "t", "99"));

        assertEquals(List.of(), flagged(report));
        assertFalse(report.isComplete());
    }

    @Test
    void patternsMadeToBeSlowAreReadInTime() {
        String digits = "1,".repeat(40_000);
        String spaces = "1 234 567 ".repeat(9_000);
        String words = "a-".repeat(50_000) + "[](((((" + "`".repeat(10_000);
        ToolOutput output = new ToolOutput("c", "t", digits + "\n" + spaces + "\n" + "1.5.".repeat(20_000));

        assertEquals(FigureCheck.MAX_FIGURES, check(digits, output).figures().size());
        assertEquals(FigureCheck.MAX_FIGURES, check(spaces, output).figures().size());
        assertEquals(
                0,
                check(words + "9".repeat(50_000) + "e999999999", output)
                        .figures()
                        .size());
    }

    @Test
    void numbersBeyondTheRangeOfADoubleAreNone() {
        assertEquals(List.of(), check("1e999 and 1e-999 and " + "9".repeat(60)).figures());
    }

    @Test
    void everyFigureStandsWhereItSays() {
        String answer = "Between 3 and −4.5 % on 2024-05-06, about 1 234,5 or 2.5 million (12k).";

        List<Figure> figures = check(answer).figures();

        assertEquals(
                List.of("3", "−4.5 %", "2024-05-06", "1 234,5", "2.5 million", "12k"),
                figures.stream().map(Figure::text).toList());
        for (Figure figure : figures) {
            assertEquals(figure.text(), answer.substring(figure.start(), figure.end()));
        }
    }

    @Test
    void everyWayToWriteANumberRoundTrips() {
        ToolOutput all = new ToolOutput(
                "c",
                "t",
                IntStream.rangeClosed(1, 60)
                        .mapToObj(i -> String.valueOf(i * 7919.37))
                        .reduce("", (a, b) -> a + " " + b));
        for (int i = 1; i <= 60; i++) {
            double value = i * 7919.37;
            String english = String.format(Locale.US, "It is %,.2f in all, or %.1f thousand.", value, value / 1000);
            String german = String.format(Locale.GERMANY, "Es sind %,.2f, rund %.0f.", value, value);
            assertEquals(List.of(), flagged(check(english, all)), english);
            assertEquals(List.of(), flagged(check(german, all)), german);
        }
    }
}
