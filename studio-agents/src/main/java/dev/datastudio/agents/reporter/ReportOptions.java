package dev.datastudio.agents.reporter;

import java.time.Duration;
import java.util.Objects;

/**
 * How a report is made, and the bounds of all its loops. Immutable; begins at {@link #DEFAULT}.
 *
 * @param maxRows rows read at most, 1 to 100,000; also what a chart is drawn from
 * @param queryTimeout how long one statement may run
 * @param foundTables tables taken from one search, 1 to 50
 * @param neighbourTables tables added from the relations, 0 to 50
 * @param schemaTokens the most tokens of the tables that a model is shown, 200 to 100,000
 * @param historyTokens the most tokens of a conversation that are sent as they are; what is older is summarised first
 * @param shownRows rows of the result that a model is shown to write the text, 0 to 1,000; with 0 no cell of a result
 *     leaves the program, and a rule writes the text
 * @param refinements how often the question is refined when no table was found, 0 to 10
 * @param rules how many repairs by rules one statement gets, 0 to 10
 * @param repairs how often the model mends a statement that failed, 0 to 10
 * @param rethinks how often a statement without rows is thought over, 0 to 10
 * @param charts how many charts are tried, 1 to 10
 * @param answers how often an answer that keeps to no form is given back to the model, 0 to 10
 * @param chartChoice who chooses the chart
 * @param pictures whether a chart is kept as files
 */
public record ReportOptions(
        int maxRows,
        Duration queryTimeout,
        int foundTables,
        int neighbourTables,
        int schemaTokens,
        int historyTokens,
        int shownRows,
        int refinements,
        int rules,
        int repairs,
        int rethinks,
        int charts,
        int answers,
        ChartChoice chartChoice,
        Pictures pictures) {
    /** 5,000 rows, a minute a statement, 8 and 6 tables, 2,000 and 800 tokens, 20 rows shown, 2 refinements, 4, 2 and 2
     * repairs and rethinks, 3 charts, 2 answers given back, the model chooses, pictures are drawn. */
    public static final ReportOptions DEFAULT = new ReportOptions(
            5_000, Duration.ofMinutes(1), 8, 6, 2_000, 800, 20, 2, 4, 2, 2, 3, 2, ChartChoice.BY_MODEL, Pictures.DRAW);

    private static final int MOST_ROWS = 100_000;
    private static final int MOST_TABLES = 50;
    private static final int LEAST_TOKENS = 200;
    private static final int MOST_TOKENS = 100_000;
    private static final int MOST_SHOWN = 1_000;
    private static final int MOST_TIMES = 10;

    /** @throws IllegalArgumentException if a value is out of its range */
    public ReportOptions {
        requireRange("maxRows", maxRows, 1, MOST_ROWS);
        requireRange("foundTables", foundTables, 1, MOST_TABLES);
        requireRange("neighbourTables", neighbourTables, 0, MOST_TABLES);
        requireRange("schemaTokens", schemaTokens, LEAST_TOKENS, MOST_TOKENS);
        requireRange("historyTokens", historyTokens, 0, MOST_TOKENS);
        requireRange("shownRows", shownRows, 0, MOST_SHOWN);
        requireRange("refinements", refinements, 0, MOST_TIMES);
        requireRange("rules", rules, 0, MOST_TIMES);
        requireRange("repairs", repairs, 0, MOST_TIMES);
        requireRange("rethinks", rethinks, 0, MOST_TIMES);
        requireRange("charts", charts, 1, MOST_TIMES);
        requireRange("answers", answers, 0, MOST_TIMES);
        Objects.requireNonNull(chartChoice, "chartChoice");
        Objects.requireNonNull(pictures, "pictures");
        if (queryTimeout.isNegative() || queryTimeout.isZero()) {
            throw new IllegalArgumentException("queryTimeout must be positive, was " + queryTimeout);
        }
    }

    private static void requireRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be in " + least + ".." + most + ", was " + value);
        }
    }

    /** These options, to be changed. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Who chooses the chart of some rows. */
    public enum ChartChoice {
        /** The model; after so many charts that the rows don't allow, the rows stay a table. */
        BY_MODEL,
        /** The rules of the built-in planner. */
        BUILT_IN
    }

    /** Whether charts become files. */
    public enum Pictures {
        /** A picture and an interactive figure are kept in the artifact store. */
        DRAW,
        /** A chart is made, and kept nowhere. */
        SKIP
    }

    /** Changes {@link ReportOptions}. Not thread-safe. */
    public static final class Builder {
        private int maxRows;
        private Duration queryTimeout;
        private int foundTables;
        private int neighbourTables;
        private int schemaTokens;
        private int historyTokens;
        private int shownRows;
        private int refinements;
        private int rules;
        private int repairs;
        private int rethinks;
        private int charts;
        private int answers;
        private ChartChoice chartChoice;
        private Pictures pictures;

        private Builder(ReportOptions options) {
            maxRows = options.maxRows;
            queryTimeout = options.queryTimeout;
            foundTables = options.foundTables;
            neighbourTables = options.neighbourTables;
            schemaTokens = options.schemaTokens;
            historyTokens = options.historyTokens;
            shownRows = options.shownRows;
            refinements = options.refinements;
            rules = options.rules;
            repairs = options.repairs;
            rethinks = options.rethinks;
            charts = options.charts;
            answers = options.answers;
            chartChoice = options.chartChoice;
            pictures = options.pictures;
        }

        public Builder maxRows(int value) {
            maxRows = value;
            return this;
        }

        public Builder queryTimeout(Duration value) {
            queryTimeout = value;
            return this;
        }

        public Builder foundTables(int value) {
            foundTables = value;
            return this;
        }

        public Builder neighbourTables(int value) {
            neighbourTables = value;
            return this;
        }

        public Builder schemaTokens(int value) {
            schemaTokens = value;
            return this;
        }

        public Builder historyTokens(int value) {
            historyTokens = value;
            return this;
        }

        public Builder shownRows(int value) {
            shownRows = value;
            return this;
        }

        public Builder refinements(int value) {
            refinements = value;
            return this;
        }

        public Builder rules(int value) {
            rules = value;
            return this;
        }

        public Builder repairs(int value) {
            repairs = value;
            return this;
        }

        public Builder rethinks(int value) {
            rethinks = value;
            return this;
        }

        public Builder charts(int value) {
            charts = value;
            return this;
        }

        public Builder answers(int value) {
            answers = value;
            return this;
        }

        public Builder chartChoice(ChartChoice value) {
            chartChoice = value;
            return this;
        }

        public Builder pictures(Pictures value) {
            pictures = value;
            return this;
        }

        /** The options; throws as the record's constructor. */
        public ReportOptions build() {
            return new ReportOptions(
                    maxRows,
                    queryTimeout,
                    foundTables,
                    neighbourTables,
                    schemaTokens,
                    historyTokens,
                    shownRows,
                    refinements,
                    rules,
                    repairs,
                    rethinks,
                    charts,
                    answers,
                    chartChoice,
                    pictures);
        }
    }
}
