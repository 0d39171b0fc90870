package dev.datastudio.agents.planner.internal;

/** What a grammar or operation word does in a question; an argument beside it says which one. */
enum Tag {
    /** Says nothing about the data. */
    FILLER,
    /** Praise and vague qualities; left out of an answer with a note. */
    WEAK,
    SHOW,
    QUESTION,
    RELATIVE,
    AND,
    OR,
    NOT,
    /** Begins a new intent. */
    ALSO,
    PREPOSITION,
    WITH,
    /** A verb that only says that rows of two tables belong together. */
    RELATES,
    IS,
    AGGREGATE,
    COUNT,
    DISTINCT,
    RATE,
    GROUP,
    TOP,
    BOTTOM,
    HIGHEST,
    LOWEST,
    /** "Second" before what is ranked by; the argument is the number. */
    PLACE,
    /** Best or worst, which only a column with a known good side can decide. */
    JUDGED,
    MOST_COMMON,
    LEAST_COMMON,
    /** A quality that is measured by a column; the argument lists words of such columns. */
    MORE_OF,
    LESS_OF,
    GRAIN,
    GRAIN_ADJECTIVE,
    DATE_PART,
    MONTH,
    QUARTER,
    OVER_TIME,
    OPERATION,
    CHART,
    COMPARATOR,
    /** Below or above zero. */
    SIGNED,
    BETWEEN,
    EMPTY,
    NOT_EMPTY,
    TEXT_MATCH,
    /** "Letter": what follows is looked for within a text. */
    LETTERS,
    LAST,
    THIS,
    DAY,
    VERSUS,
    SORT,
    ASCENDING,
    DESCENDING,
    ROWS,
    PERSON,
    TRUE,
    FALSE,
    AXIS,
    /** Something that is computed from aggregates: a ratio, a running total; the argument says what. */
    COMPUTE,
    /** Something that no plan of this planner does. */
    UNSUPPORTED;

    /** Whether an answer that made no use of it would have ignored something that was said. */
    boolean mustBeUsed() {
        return switch (this) {
            case NOT,
                    AGGREGATE,
                    DISTINCT,
                    TOP,
                    BOTTOM,
                    HIGHEST,
                    LOWEST,
                    PLACE,
                    JUDGED,
                    SIGNED,
                    MOST_COMMON,
                    LEAST_COMMON,
                    MORE_OF,
                    LESS_OF,
                    GRAIN,
                    GRAIN_ADJECTIVE,
                    DATE_PART,
                    MONTH,
                    QUARTER,
                    OVER_TIME,
                    OPERATION,
                    COMPARATOR,
                    BETWEEN,
                    EMPTY,
                    NOT_EMPTY,
                    TEXT_MATCH,
                    LETTERS,
                    LAST,
                    DAY,
                    RATE,
                    COUNT,
                    OR,
                    COMPUTE,
                    UNSUPPORTED -> true;
            default -> false;
        };
    }
}
