package dev.datastudio.core.relation.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the names of two columns say about one referring to the other.
 *
 * <p>Names are compared as lists of words: {@code billing_customer_id}, {@code billingCustomerId} and
 * {@code BillingCustomerID} are the same three. A word is compared in the singular.
 */
public final class KeyNames {
    private static final Set<String> KEY_WORDS =
            Set.of("id", "ids", "key", "code", "no", "nr", "num", "number", "uuid", "guid", "sk", "fk", "pk");
    private static final Set<List<String>> SELF_REFERENCES = Set.of(
            List.of("parent"),
            List.of("manager"),
            List.of("supervisor"),
            List.of("boss"),
            List.of("reports", "to"),
            List.of("report", "to"),
            List.of("predecessor"),
            List.of("previous"));

    private KeyNames() {}

    /** Words of a name, lower case, in the singular. */
    public static List<String> words(String name) {
        String parted = name.replaceAll("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})", " ")
                .replaceAll("(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})", " ");
        List<String> words = new ArrayList<>();
        for (String word : parted.split("[^\\p{L}\\p{N}]+", -1)) {
            if (!word.isEmpty()) {
                words.add(singular(word.toLowerCase(Locale.ROOT)));
            }
        }
        return words;
    }

    /**
     * How much the names say that {@code column} refers to {@code key} of {@code table}, 0 for nothing to 1.
     *
     * @param sameTable whether the column is of the same table as the key
     */
    public static double weight(String column, String table, String key, boolean sameTable) {
        List<String> from = words(column);
        List<String> to = words(key);
        List<String> thing = words(afterDot(table));
        if (sameTable) {
            return SELF_REFERENCES.contains(withoutKeyWord(from)) ? 0.8 : 0;
        }
        boolean keyNamesItsTable = withoutKeyWord(to).equals(thing) || to.equals(thing);
        if (from.equals(to) && keyNamesItsTable) {
            return 1;
        }
        boolean plainKey = to.size() == 1 && KEY_WORDS.contains(to.get(0));
        List<String> fromThing = withoutKeyWord(from);
        boolean endsInKeyWord = fromThing.size() < from.size();
        if ((plainKey || keyNamesItsTable) && (endsInKeyWord || fromThing.equals(thing))) {
            if (fromThing.equals(thing)) {
                return 0.95;
            } else if (endsWith(fromThing, thing)) {
                return 0.85;
            } else if (!fromThing.isEmpty() && endsWith(thing, fromThing)) {
                return 0.7;
            }
        }
        boolean telling = !plainKey && to.size() > 1 && endsInKeyWord;
        return from.equals(to) && telling ? 0.75 : 0;
    }

    private static String afterDot(String table) {
        return table.substring(table.lastIndexOf('.') + 1);
    }

    private static List<String> withoutKeyWord(List<String> words) {
        int last = words.size() - 1;
        return words.size() > 1 && KEY_WORDS.contains(words.get(last)) ? words.subList(0, last) : words;
    }

    private static boolean endsWith(List<String> words, List<String> end) {
        return words.size() > end.size()
                && !end.isEmpty()
                && words.subList(words.size() - end.size(), words.size()).equals(end);
    }

    /** Enough for table names: categories, boxes, statuses, orders. */
    private static String singular(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        } else if (word.length() > 4 && word.matches(".*(s|x|z|ch|sh)es")) {
            return word.substring(0, word.length() - 2);
        } else if (word.length() > 3 && word.endsWith("s") && !word.matches(".*(ss|us|is)")) {
            return word.substring(0, word.length() - 1);
        }
        return word;
    }
}
