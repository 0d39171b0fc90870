package dev.datastudio.agents.eval.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form that an answer must have, as its description says: {@code @mean_age[mean], where "mean" is a number rounded
 * to two decimal places}. Immutable.
 *
 * @param fields what is to be named
 * @param method how it is to be computed, in words
 */
record AnswerForm(List<Field> fields, String method) {
    private static final Pattern FIELD = Pattern.compile("@+([\\w.%-]+)\\s*\\[([^\\]]*)]");
    private static final Pattern QUOTED = Pattern.compile("[\"“'‘]([^\"”'’\\n]{1,60})[\"”'’]");
    private static final Pattern DECIMALS = Pattern.compile(
            "\\b(one|two|three|four|five|\\d)\\s+decimal|\\b(integer|whole number|\\bInt64)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CHOICE = Pattern.compile("\\b(string|either|one of|yes)\\b", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Integer> NUMERALS = Map.of("one", 1, "two", 2, "three", 3, "four", 4, "five", 5);

    AnswerForm {
        fields = List.copyOf(fields);
    }

    /**
     * One named value.
     *
     * @param name what it is called
     * @param placeholder what stands for the value in the description
     * @param description the words about it
     * @param options texts that it may be; empty for any
     */
    record Field(String name, String placeholder, String description, List<String> options) {
        Field {
            options = List.copyOf(options);
        }

        /** The decimals that are asked for, where the description says so. */
        OptionalInt decimals() {
            Matcher said = DECIMALS.matcher(description);
            if (!said.find()) {
                return OptionalInt.empty();
            } else if (said.group(1) == null) {
                return OptionalInt.of(0);
            }
            Integer word = NUMERALS.get(said.group(1).toLowerCase(Locale.ROOT));
            return OptionalInt.of(word != null ? word : Integer.parseInt(said.group(1)));
        }
    }

    static AnswerForm parse(String format, String method) {
        List<String[]> found = new ArrayList<>();
        Matcher matcher = FIELD.matcher(format);
        while (matcher.find()) {
            found.add(new String[] {matcher.group(1), unquoted(matcher.group(2))});
        }
        List<String> names =
                found.stream().flatMap(pair -> List.of(pair).stream()).toList();
        List<Field> fields = new ArrayList<>();
        for (String[] pair : found) {
            String description = found.size() == 1 ? format : description(format, pair, names);
            fields.add(new Field(pair[0], pair[1], description, options(description, names)));
        }
        return new AnswerForm(fields, method);
    }

    private static String unquoted(String text) {
        String inner = text.strip().replaceAll("^\"([^\"]*)\"$", "$1");
        return inner.indexOf('"') == inner.lastIndexOf('"') ? inner.replace("\"", "") : inner;
    }

    /** From the quoted placeholder to the next one of another field; the placeholder itself where it says it all. */
    private static String description(String format, String[] field, List<String> names) {
        StringBuilder description = new StringBuilder(field[1]);
        Matcher quoted = QUOTED.matcher(format);
        int from = -1;
        while (quoted.find()) {
            String word = quoted.group(1);
            boolean own = word.equals(field[0]) || word.equals(field[1]);
            if (from >= 0 && !own && names.contains(word) && !isListed(format, from, quoted.start())) {
                description.append(' ').append(format, from, quoted.start());
                from = -1;
            } else if (own && from < 0) {
                from = quoted.end();
            }
        }
        if (from >= 0) {
            description.append(' ').append(format, from, format.length());
        }
        String whole = description.toString();
        return DECIMALS.matcher(whole).find() || from >= 0 ? whole : whole + " " + tail(format);
    }

    /** In '"mean" and "std" are numbers' both are described by what follows. */
    private static boolean isListed(String format, int from, int to) {
        return format.substring(from, to).matches("\\W*(and|or)?\\W*");
    }

    /** What stands after the last field is about all of them. */
    private static String tail(String format) {
        return format.substring(format.lastIndexOf(']') + 1);
    }

    /** The quoted texts of a description that chooses among some; "the 'High' and 'Low' columns" does not. */
    private static List<String> options(String description, List<String> names) {
        if (description.toLowerCase(Locale.ROOT).contains("boolean")) {
            return List.of("true", "false");
        }
        if (!CHOICE.matcher(description).find()) {
            return List.of();
        }
        List<String> options = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(description);
        while (quoted.find()) {
            if (!names.contains(quoted.group(1)) && !options.contains(quoted.group(1))) {
                options.add(quoted.group(1).strip());
            }
        }
        return options.size() < 2 ? List.of() : options;
    }
}
