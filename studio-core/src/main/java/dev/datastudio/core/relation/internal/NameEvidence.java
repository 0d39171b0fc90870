package dev.datastudio.core.relation.internal;

import static dev.datastudio.core.relation.internal.KeyNames.endsInKeyWord;
import static dev.datastudio.core.relation.internal.KeyNames.endsWith;
import static dev.datastudio.core.relation.internal.KeyNames.names;
import static dev.datastudio.core.relation.internal.KeyNames.startsWith;
import static dev.datastudio.core.relation.internal.KeyNames.withoutKeyWord;

import java.util.List;
import java.util.Set;

/**
 * What the names of a column, a key and the key's table say about the column referring to the key, 0 for nothing to 1.
 *
 * <p>The weights order the kinds of evidence; they were set so that on schemas with known keys a name alone passes the
 * threshold of relations only where it names the table referred to.
 */
public final class NameEvidence {
    private static final double SAME_AND_NAMED = 1;
    private static final double NAMES_TABLE = 0.95;
    private static final double NAMES_TABLE_SHORT = 0.85;
    private static final double ROLE_OF_TABLE = 0.85;
    private static final double SELF = 0.8;
    private static final double SAME = 0.75;
    private static final double NAMES_TITLE = 0.7;
    private static final double PART_OF_TABLE = 0.7;
    private static final double PUBLIC_KEY = 0.6;
    private static final double ROLE_WITHOUT_KEY_WORD = 0.6;
    private static final double TITLE_IN_ROLE = 0.55;
    private static final double SAME_TITLE = 0.5;
    private static final double IN_LINK = 0.3;

    private static final Set<List<String>> WITHIN_TABLE = Set.of(
            List.of("parent"),
            List.of("manager"),
            List.of("supervisor"),
            List.of("super"),
            List.of("boss"),
            List.of("mentor"),
            List.of("report", "to"),
            List.of("predecessor"),
            List.of("successor"),
            List.of("previous"),
            List.of("prior"),
            List.of("next"),
            List.of("original"),
            List.of("reply", "to"),
            List.of("replaced", "by"),
            List.of("referred", "by"));

    private final List<String> thing;
    private final List<String> from;
    private final List<String> to;
    private final boolean isAmount;

    private NameEvidence(String column, String table, String key) {
        this.thing = KeyNames.thing(table);
        this.from = KeyNames.words(column, thing);
        this.to = KeyNames.words(key, thing);
        this.isAmount = KeyNames.isAmount(column);
    }

    /**
     * How much the names say that {@code column} of another table refers to {@code key} of {@code table}.
     *
     * @param isFirst whether the key is the first column of its table, where keys stand
     */
    static double between(String column, String table, String key, boolean isFirst) {
        NameEvidence names = new NameEvidence(column, table, key);
        if (names.thing.isEmpty() || names.from.isEmpty() || names.to.isEmpty()) {
            return 0;
        }
        return Math.max(names.ofKey(isFirst), names.ofTitle(isFirst));
    }

    /** As {@link #between}, for two columns of one table: only what usually leads from a row to another one of its kind. */
    static double within(String column, String table, String key, boolean isFirst) {
        NameEvidence names = new NameEvidence(column, table, key);
        boolean isKey = isFirst || KeyNames.isKey(names.to);
        return isKey && WITHIN_TABLE.stream().anyMatch(names::isKin) ? SELF : 0;
    }

    /** Whether the column is called after the kin alone, or after the kin and then as the key or the table. */
    private boolean isKin(List<String> kin) {
        if (withoutKeyWord(from).equals(kin)) {
            return true;
        } else if (!startsWith(from, kin)) {
            return false;
        }
        List<String> rest = from.subList(kin.size(), from.size());
        return rest.equals(to) || endsWith(to, rest) || names(withoutKeyWord(rest), thing);
    }

    /**
     * How much the name of a column's table says, where the name of the column says nothing: {@code affirmative} of
     * {@code debate_people} may be one of the people. Never enough by itself.
     *
     * @param from the table of the column
     * @param table the table of the key
     */
    static double ofTables(String from, String column, String table, String key, boolean isFirst) {
        List<String> columnWords = KeyNames.words(column);
        List<String> keyWords = KeyNames.words(key);
        List<String> words = KeyNames.thing(from);
        List<String> thing = KeyNames.thing(table);
        boolean mentions = endsWith(words, thing) || startsWith(words, thing);
        boolean silent = !columnWords.isEmpty() && !KeyNames.isKey(columnWords) && !KeyNames.isAmount(column);
        return mentions && silent && isFirst && KeyNames.isKey(keyWords) ? IN_LINK : 0;
    }

    private double ofKey(boolean isFirst) {
        boolean named = KeyNames.isNamedAfter(to, thing) && !KeyNames.isTitle(to, thing);
        if (from.equals(to)) {
            return ofSameName(named);
        }
        List<String> subject = withoutKeyWord(from);
        if (named || KeyNames.isPlainKey(to)) {
            return Math.max(ofSubject(subject), endsWith(thing, subject) ? PART_OF_TABLE : 0);
        }
        return isFirst && endsInKeyWord(to) ? ofSubject(subject) : 0;
    }

    private double ofSameName(boolean named) {
        if (named) {
            return withoutKeyWord(to).equals(thing) || to.equals(thing) ? SAME_AND_NAMED : NAMES_TABLE_SHORT;
        } else if (endsInKeyWord(to)) {
            return SAME;
        }
        return KeyNames.isPublicKey(to) ? PUBLIC_KEY : 0;
    }

    /** What the column's name says of the table, its key word aside. */
    private double ofSubject(List<String> subject) {
        boolean hasKeyWord = subject.size() < from.size();
        if (subject.equals(thing)) {
            return NAMES_TABLE;
        } else if (!hasKeyWord) {
            return endsWith(subject, thing) && !isAmount ? ROLE_WITHOUT_KEY_WORD : 0;
        } else if (names(subject, thing)) {
            return NAMES_TABLE_SHORT;
        }
        return endsWith(subject, thing) || KeyNames.isInRole(subject, thing) ? ROLE_OF_TABLE : 0;
    }

    /** Small tables are often keyed by what their things are called. */
    private double ofTitle(boolean isFirst) {
        if (!KeyNames.isTitle(to, thing)) {
            return isFirst && from.equals(to) && KeyNames.isTitleOfOther(to) ? SAME_TITLE : 0;
        }
        List<String> subject = KeyNames.withoutTitle(from);
        if (subject.equals(thing)) {
            return NAMES_TITLE;
        }
        boolean mentions = endsWith(subject, thing) || startsWith(subject, thing);
        return mentions && !isAmount ? TITLE_IN_ROLE : 0;
    }
}
