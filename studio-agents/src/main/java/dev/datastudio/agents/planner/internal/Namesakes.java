package dev.datastudio.agents.planner.internal;

import java.util.List;
import java.util.Map;

/** Stored values by other general names: a code for a sex, a country by its short or full name. */
final class Namesakes {
    private static final Map<String, List<String>> SEXES = Map.ofEntries(
            Map.entry("female", List.of("f", "woman")),
            Map.entry("woman", List.of("f", "female")),
            Map.entry("girl", List.of("f", "female")),
            Map.entry("male", List.of("m", "man")),
            Map.entry("man", List.of("m", "male")),
            Map.entry("boy", List.of("m", "male")));
    private static final List<String> OF_SEX = List.of("sex", "gender");

    private static final Map<String, List<String>> COUNTRIES = Map.ofEntries(
            Map.entry("united states", List.of("usa", "us", "united states of america")),
            Map.entry("united states of america", List.of("usa", "us", "united states")),
            Map.entry("us", List.of("usa", "united states", "united states of america")),
            Map.entry("usa", List.of("us", "united states", "united states of america")),
            Map.entry("america", List.of("usa", "us", "united states")),
            Map.entry("united kingdom", List.of("uk", "great britain")),
            Map.entry("uk", List.of("united kingdom", "great britain")),
            Map.entry("great britain", List.of("united kingdom", "uk")),
            Map.entry("uae", List.of("united arab emirates")),
            Map.entry("netherlands", List.of("holland")),
            Map.entry("holland", List.of("netherlands")));

    private Namesakes() {}

    /** Stored values that words name, under another name if they aren't stored under this one. */
    static List<ValueMatch> values(List<String> words, Scope index) {
        List<ValueMatch> stored = index.values(words);
        if (!stored.isEmpty() || words.size() > 4) {
            return stored;
        }
        String name = String.join(" ", words);
        for (String code : SEXES.getOrDefault(Stemmer.singular(name), List.of())) {
            List<ValueMatch> coded = index.values(List.of(code)).stream()
                    .filter(v -> v.column().parts().stream().anyMatch(OF_SEX::contains))
                    .toList();
            if (!coded.isEmpty()) {
                return coded;
            }
        }
        for (String other : COUNTRIES.getOrDefault(name, List.of())) {
            List<ValueMatch> same = index.values(List.of(other.split(" ", -1)));
            if (!same.isEmpty()) {
                return same;
            }
        }
        return List.of();
    }
}
