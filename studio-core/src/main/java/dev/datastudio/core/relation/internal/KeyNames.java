package dev.datastudio.core.relation.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The words of names, and which of them say that a column holds keys.
 *
 * <p>Names are compared as lists of words: {@code billing_customer_id}, {@code billingCustomerId} and
 * {@code BillingCustomerID} are the same three. A word is compared in the singular.
 */
public final class KeyNames {
    private static final Set<String> KEY_WORDS =
            Set.of("id", "ids", "key", "code", "no", "nr", "num", "number", "uuid", "guid", "sk", "fk", "pk");
    /** What tables of things without a number are keyed by. */
    private static final Set<String> TITLES = Set.of("name", "title", "label");

    private static final Set<String> PARTS_OF_NAMES =
            Set.of("first", "middle", "last", "given", "family", "nick", "full", "maiden", "sur", "fore", "short");
    /** Codes that are handed out once in the world, or by an authority. */
    private static final Set<String> PUBLIC_KEYS = Set.of(
            "isbn", "issn", "ssn", "iban", "bic", "sku", "ean", "gtin", "upc", "vin", "asin", "doi", "iata", "icao",
            "email", "barcode", "orcid");
    /** A column of these counts or measures things of the table that its name goes on with. */
    private static final Set<String> AMOUNTS = Set.of(
            "num",
            "number",
            "nr",
            "no",
            "nb",
            "count",
            "total",
            "sum",
            "average",
            "avg",
            "mean",
            "max",
            "maximum",
            "min",
            "minimum",
            "quantity",
            "qty",
            "amount",
            "share",
            "percent",
            "rate",
            "price",
            "year",
            "annual",
            "per");

    private static final Set<String> PREPOSITIONS = Set.of("in", "of", "on", "for", "by", "at", "from", "to", "with");
    private static final Map<String, String> SHORT = Map.of(
            "dept",
            "department",
            "mgr",
            "manager",
            "acct",
            "account",
            "grp",
            "group",
            "ctry",
            "country",
            "prj",
            "project",
            "cstmr",
            "customer",
            "addr",
            "address",
            "wh",
            "warehouse",
            "txn",
            "transaction");
    /** A shorter beginning of a word could be that of many. */
    private static final int TELLING_PREFIX = 3;

    private KeyNames() {}

    /** Words of a name, lower case, in the singular. */
    public static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            boolean inWord = i < name.length() && Character.isLetterOrDigit(name.charAt(i));
            if (i > start && (!inWord || beginsWord(name, i))) {
                words.add(singular(name.substring(start, i).toLowerCase(Locale.ROOT)));
                start = i;
            }
            if (!inWord) {
                start = i + 1;
            }
        }
        return List.copyOf(words);
    }

    /** Whether an upper-case letter follows another kind, or is the last of several and the first of a word. */
    private static boolean beginsWord(String name, int at) {
        if (!Character.isUpperCase(name.charAt(at))) {
            return false;
        }
        boolean lowerFollows = at + 1 < name.length() && Character.isLowerCase(name.charAt(at + 1));
        return !Character.isUpperCase(name.charAt(at - 1)) || lowerFollows;
    }

    /** Words of what a table holds, without its schema. */
    static List<String> thing(String table) {
        return words(table.substring(table.lastIndexOf('.') + 1));
    }

    /**
     * The words of a column with a key word at the end that is written together with the table's name parted from it:
     * {@code customerid} in or beside {@code customers}, {@code mid} in {@code movie}.
     */
    static List<String> words(String column, List<String> thing) {
        List<String> words = words(column);
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        String before = last.endsWith("id") ? last.substring(0, last.length() - 2) : "";
        if (before.isEmpty() || KEY_WORDS.contains(last) || !isShortFor(before, thing, 1)) {
            return words;
        }
        List<String> parted = new ArrayList<>(words.subList(0, words.size() - 1));
        parted.add(before);
        parted.add("id");
        return List.copyOf(parted);
    }

    /** Whether the name is nothing but a word for keys. */
    static boolean isPlainKey(List<String> words) {
        return words.size() == 1 && KEY_WORDS.contains(words.get(0));
    }

    /** Whether the name is nothing but a word for titles, or that for what the table holds. */
    static boolean isTitle(List<String> words, List<String> thing) {
        if (words.isEmpty() || !TITLES.contains(words.get(words.size() - 1))) {
            return false;
        }
        List<String> before = words.subList(0, words.size() - 1);
        return before.isEmpty() || names(before, thing, 1);
    }

    /** Whether the name is that of things of some kind, as {@code city_name}; parts of people's names are no such. */
    static boolean isTitleOfOther(List<String> words) {
        int size = words.size();
        return size > 1 && TITLES.contains(words.get(size - 1)) && !PARTS_OF_NAMES.contains(words.get(size - 2));
    }

    /** Whether the name says that the column holds keys, of whatever. */
    static boolean isKey(List<String> words) {
        return isPlainKey(words) || endsInKeyWord(words) || isPublicKey(words);
    }

    static boolean endsInKeyWord(List<String> words) {
        return words.size() > 1 && KEY_WORDS.contains(words.get(words.size() - 1));
    }

    /** The words before the last one where that is a word for keys. */
    static List<String> withoutKeyWord(List<String> words) {
        return endsInKeyWord(words) ? words.subList(0, words.size() - 1) : words;
    }

    /** The words before the last one where that is a word for keys or titles. */
    static List<String> withoutTitle(List<String> words) {
        boolean title = words.size() > 1 && TITLES.contains(words.get(words.size() - 1));
        return title ? words.subList(0, words.size() - 1) : withoutKeyWord(words);
    }

    static boolean isPublicKey(List<String> words) {
        return !words.isEmpty() && PUBLIC_KEYS.contains(words.get(words.size() - 1));
    }

    /** Whether the name of a column is that of a count or a measure; a word in the plural is a count. */
    static boolean isAmount(String column) {
        List<String> words = words(column);
        String lower = column.toLowerCase(Locale.ROOT);
        return !words.isEmpty()
                && (AMOUNTS.contains(words.get(0))
                        || words.contains("of")
                        || !lower.endsWith(words.get(words.size() - 1)));
    }

    /** Whether words are those of a thing and then what it is there for: {@code member_in_charge}. */
    static boolean isInRole(List<String> words, List<String> thing) {
        return startsWith(words, thing) && PREPOSITIONS.contains(words.get(thing.size()));
    }

    /** Whether words name the thing of a table, in full or shortened. */
    static boolean names(List<String> words, List<String> thing) {
        return names(words, thing, TELLING_PREFIX);
    }

    private static boolean names(List<String> words, List<String> thing, int leastPrefix) {
        return words.equals(thing) || (words.size() == 1 && isShortFor(words.get(0), thing, leastPrefix));
    }

    /**
     * Whether the key's own name says that it is the key of its table; there a single letter may stand for it, as in
     * {@code g_name} of genres.
     */
    static boolean isNamedAfter(List<String> key, List<String> thing) {
        List<String> subject = withoutTitle(key);
        return key.equals(thing)
                || (subject.size() < key.size() && (names(subject, thing, 1) || endsWith(thing, subject)));
    }

    /** Whether a word is short for the words of a thing: its beginning, its initials or a usual short form. */
    private static boolean isShortFor(String word, List<String> thing, int leastPrefix) {
        if (thing.isEmpty()) {
            return false;
        }
        String only = thing.size() == 1 ? thing.get(0) : "";
        StringBuilder initials = new StringBuilder();
        thing.forEach(each -> initials.append(each.charAt(0)));
        return (word.length() >= leastPrefix && only.startsWith(word))
                || (thing.size() > 1 && word.contentEquals(initials))
                || (thing.size() > 1 && word.equals(String.join("", thing)))
                || only.equals(SHORT.get(word));
    }

    /** Whether words end in others and have more before them. */
    static boolean endsWith(List<String> words, List<String> end) {
        return words.size() > end.size()
                && !end.isEmpty()
                && words.subList(words.size() - end.size(), words.size()).equals(end);
    }

    /** Whether words begin with others and have more behind them. */
    static boolean startsWith(List<String> words, List<String> start) {
        return words.size() > start.size()
                && !start.isEmpty()
                && words.subList(0, start.size()).equals(start);
    }

    /** Enough for table names: categories, boxes, statuses, orders. */
    private static String singular(String word) {
        int length = word.length();
        if (length > 4 && word.endsWith("ies")) {
            return word.substring(0, length - 3) + "y";
        } else if (length > 4 && endsInOneOf(word, "ses", "xes", "zes", "ches", "shes")) {
            return word.substring(0, length - 2);
        } else if (length > 3 && word.endsWith("s") && !endsInOneOf(word, "ss", "us", "is")) {
            return word.substring(0, length - 1);
        }
        return word;
    }

    private static boolean endsInOneOf(String word, String... ends) {
        for (String end : ends) {
            if (word.endsWith(end)) {
                return true;
            }
        }
        return false;
    }
}
