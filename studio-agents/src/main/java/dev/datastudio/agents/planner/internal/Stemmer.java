package dev.datastudio.agents.planner.internal;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Word forms brought together: {@link #singular} is safe, {@link #stem} is bolder and joins "survival" and "survived". */
public final class Stemmer {
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("women", "woman"),
            Map.entry("men", "man"),
            Map.entry("people", "person"),
            Map.entry("children", "child"),
            Map.entry("ids", "id"),
            Map.entry("indices", "index"),
            Map.entry("movies", "movie"),
            Map.entry("calories", "calorie"),
            Map.entry("cookies", "cookie"),
            Map.entry("series", "series"),
            Map.entry("species", "species"));
    private static final String PLURAL_ENDS = IRREGULAR.keySet().stream()
            .map(w -> w.substring(w.length() - 1))
            .distinct()
            .collect(Collectors.joining("", "s", ""));
    private static final List<String> SUFFIXES = List.of("ation", "ment", "ing", "ed", "al", "or", "er", "e");
    private static final int SHORTEST_STEM = 3;
    private static final int SHORTEST_OF_DOER = 5;

    private Stemmer() {}

    /** Without the ending of a plural; lower case in, lower case out. */
    static String singular(String word) {
        int n = word.length();
        // Most words are no plural, which their last letter tells.
        if (n == 0 || PLURAL_ENDS.indexOf(word.charAt(n - 1)) < 0) {
            return word;
        }
        String irregular = IRREGULAR.get(word);
        if (irregular != null) {
            return irregular;
        }
        if (n <= 3 || !word.endsWith("s") || word.endsWith("ss") || word.endsWith("us") || word.endsWith("is")) {
            return word;
        }
        if (word.endsWith("ies")) {
            return n == 4 ? word.substring(0, 3) : word.substring(0, n - 3) + "y";
        }
        if (word.endsWith("sses") || word.endsWith("shes") || word.endsWith("ches") || word.endsWith("xes")) {
            return word.substring(0, n - 2);
        }
        return word.substring(0, n - 1);
    }

    /** Without the commonest endings. */
    public static String stem(String word) {
        String base = singular(word);
        for (String suffix : SUFFIXES) {
            int left = base.length() - suffix.length();
            boolean isDoer = suffix.equals("or") || suffix.equals("er");
            if (left >= (isDoer ? SHORTEST_OF_DOER : SHORTEST_STEM) && base.endsWith(suffix)) {
                return undoubled(base.substring(0, left));
            }
        }
        return base;
    }

    private static String undoubled(String word) {
        int n = word.length();
        boolean isDouble = word.charAt(n - 1) == word.charAt(n - 2) && "bdgmnprt".indexOf(word.charAt(n - 1)) >= 0;
        return isDouble ? word.substring(0, n - 1) : word;
    }
}
