package dev.datastudio.agents.vocabulary;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.List;
import java.util.Objects;

/**
 * Words with the meaning that was taught for them. Immutable. They apply to every data set that has the columns of the
 * meaning, or only to one table; a column's own name is never given another meaning.
 *
 * @param words as said in questions, 1 to 100 characters, letter case aside
 * @param meaning what they mean
 * @param table the table that they are about, letter case aside; empty for any that has the columns
 */
public record TaughtWord(String words, Meaning meaning, String table) {
    /** The most characters of the words. */
    public static final int MAX_LENGTH = 100;

    /** @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} if the words are out of range */
    public TaughtWord {
        Objects.requireNonNull(meaning, "meaning");
        words = words.strip().replaceAll("\\s+", " ");
        table = table.strip();
        if (words.isEmpty() || words.length() > MAX_LENGTH || words.codePoints().noneMatch(Character::isLetter)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The words to be taught are " + StudioException.quote(words),
                    "Give 1 to " + MAX_LENGTH + " characters, with a letter among them");
        }
    }

    /** Another name of a column, in any table that has it. */
    public static TaughtWord column(String words, String column) {
        return new TaughtWord(words, new Meaning.OfColumn(column), "");
    }

    /** A name of some values of a column, in any table that has it. */
    public static TaughtWord values(String words, String column, List<String> values) {
        return new TaughtWord(words, new Meaning.OfValues(column, values), "");
    }

    /** A name of a measure, in any table that has its columns; see {@link Meaning.OfMeasure} for the formula. */
    public static TaughtWord measure(String words, String formula) {
        return new TaughtWord(words, new Meaning.OfMeasure(formula), "");
    }

    /** These words, in one table only. */
    public TaughtWord in(String table) {
        return new TaughtWord(words, meaning, table);
    }

    /** Whether they mean something in a data set. */
    public boolean appliesTo(Dataset dataset) {
        return (table.isEmpty() || table.equalsIgnoreCase(dataset.table()))
                && dataset.findColumn(words).isEmpty()
                && meaning.columns().stream()
                        .allMatch(c -> dataset.findColumn(c).isPresent());
    }
}
