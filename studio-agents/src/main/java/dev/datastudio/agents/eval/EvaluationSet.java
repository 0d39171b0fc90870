package dev.datastudio.agents.eval;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The formats of question sets. In a folder of a set, {@code tables} holds the data as CSV files. */
public enum EvaluationSet {
    /**
     * Questions for a chart: {@code items.jsonl} with several wordings of each, expected rows and kind of chart; {@code
     * tables/DATABASE/TABLE.csv}.
     */
    NVBENCH,
    /** Questions for rows: {@code items.jsonl} with expected rows; {@code tables/DATABASE/TABLE.csv}. */
    SPIDER_DEV,
    /**
     * Questions for named values: {@code questions.jsonl} with the form of the answer, {@code labels.jsonl} with the
     * values; {@code tables/FILE.csv}.
     */
    DABENCH,
    /**
     * Questions with SQL that gives the expected rows, where {@code {a,b}} stands for any of the columns: {@code
     * items.jsonl}, and {@code unanswerable.jsonl} with questions that must be refused; {@code tables/DATABASE/TABLE.csv}.
     */
    DEFOG,
    /** Questions for a list of values: {@code questions.jsonl}; {@code tables/FILE.csv}. */
    WTQ,
    /**
     * Questions with the columns, tasks and mark they mean, some as turns of a dialogue: {@code queries.jsonl}; {@code
     * tables/FILE.csv}.
     */
    NL4DV;

    /** The name in commands and JSON: lower case. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The set of a name.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when there is none, naming all
     */
    public static EvaluationSet named(String name) {
        List<String> names =
                Arrays.stream(values()).map(EvaluationSet::jsonName).toList();
        int index = names.indexOf(name.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is no kind of question set " + StudioException.quote(name),
                    "Use one of " + names);
        }
        return values()[index];
    }
}
