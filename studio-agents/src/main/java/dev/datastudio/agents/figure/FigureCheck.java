package dev.datastudio.agents.figure;

import dev.datastudio.agents.figure.Figure.Asked;
import dev.datastudio.agents.figure.Figure.Basis;
import dev.datastudio.agents.figure.Figure.Customary;
import dev.datastudio.agents.figure.Figure.Stated;
import dev.datastudio.agents.figure.Figure.Unsupported;
import dev.datastudio.agents.figure.internal.AnswerText;
import dev.datastudio.agents.figure.internal.Derivation;
import dev.datastudio.agents.figure.internal.Evidence;
import dev.datastudio.agents.figure.internal.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ties each number that an answer states to the tool result that holds it, or flags it.
 *
 * <p>A figure is a number in digits, also with a sign, a percent sign, a scale ({@code 3.2 million}, {@code 12k}) or an
 * exponent, a number word before a scale or percent ({@code twenty percent}), a date, or a time of day. Not figures are
 * the numbers of lists, ordinals ({@code 3rd}), citations ({@code [2]}), names with digits ({@code Q3},
 * {@code COVID-19}, {@code sales_2024.csv}), versions, addresses, labels ({@code Step 2}) and code.
 *
 * <p>A tool result <em>states</em> a figure when it holds a number that rounds to it at the last digit that the answer
 * shows: {@code 38.4 %} is stated by 0.38384 and by 38.38, {@code 3.2 million} by 3,187,442. A whole number of one
 * digit must be equal. After a word such as <em>about</em> or <em>over</em>, zeros at the end of a whole number are
 * rounding too. A negative number states a figure without its sign next to a word such as <em>fell</em> or
 * <em>lower</em>. Dates are compared as dates; a year or a month is stated by a date within it. Where a number can be
 * read in two ways ({@code 1.234}), the other numbers of the answer decide; if they don't, both ways count.
 *
 * <p>A figure is <em>derived</em> only when a reader can see it: its sentence names the operation (<em>difference</em>,
 * <em>total</em>, <em>times</em>, <em>share</em>, <em>growth</em>, <em>remaining</em>), and the operands stand as
 * stated figures in the same sentence or, for results of two or more digits, shortly before. The operations are those
 * of {@link Figure.Operation}; a sum has up to eight parts. Everything else that is computed is flagged.
 *
 * <p>A figure that the question gave and no tool result states is marked as asked, a customary threshold as such.
 * The check compares numbers, not meanings: a stated number can still be said of the wrong thing.
 *
 * <p>The line {@code Execution time: … ms} of a tool result states nothing. Reads at most {@value #MAX_ANSWER}
 * characters of the answer, {@value #MAX_FIGURES} figures and {@value #MAX_EVIDENCE} characters of tool results, the
 * latest first, and says when that was not all. Takes time in proportion to both. Thread-safe.
 */
public final class FigureCheck {
    /** How many characters of an answer are read. */
    public static final int MAX_ANSWER = 200_000;

    /** How many figures of an answer are looked at. */
    public static final int MAX_FIGURES = 2_000;

    /** How many characters of tool results are read, in total. */
    public static final int MAX_EVIDENCE = 2_000_000;

    private FigureCheck() {}

    /**
     * Checks an answer.
     *
     * @param answer plain text or Markdown
     * @param question what was asked; empty when nothing was
     * @param outputs what tools gave, in the order of the calls
     */
    public static FigureReport check(String answer, String question, List<ToolOutput> outputs) {
        Evidence evidence = Evidence.of(outputs, MAX_EVIDENCE);
        Evidence asked = Evidence.of(List.of(new ToolOutput("", "", question)), MAX_ANSWER);
        AnswerText text = AnswerText.read(answer, MAX_ANSWER, MAX_FIGURES);
        List<Statement> statements = text.statements();
        List<Optional<Evidence.Match>> matches = new ArrayList<>();
        for (Statement statement : statements) {
            matches.add(evidence.find(statement, text.words(statement)));
        }
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            figures.add(new Figure(
                    answer.substring(statement.start(), statement.end()),
                    statement.start(),
                    basis(i, matches, text, asked)));
        }
        return new FigureReport(figures, text.isComplete() && evidence.isComplete());
    }

    private static Basis basis(int index, List<Optional<Evidence.Match>> matches, AnswerText text, Evidence asked) {
        Statement statement = text.statements().get(index);
        Optional<Evidence.Match> stated = matches.get(index);
        if (stated.isPresent()) {
            return new Stated(stated.get().place());
        }
        if (statement.isCustomary()) {
            return new Customary();
        }
        if (asked.find(statement, List.of()).isPresent()) {
            return new Asked();
        }
        return Derivation.of(text, matches)
                .find(index)
                .<Basis>map(derived -> derived)
                .orElseGet(Unsupported::new);
    }
}
