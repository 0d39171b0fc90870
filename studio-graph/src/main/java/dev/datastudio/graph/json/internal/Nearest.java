package dev.datastudio.graph.json.internal;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses which of some names was meant. */
final class Nearest {
    private static final int MAX_LENGTH = 64;

    private Nearest() {}

    /** The known name with the fewest changes to the given one, when these are at most a third of it, or it is a part. */
    static Optional<String> of(String given, Collection<String> known) {
        String wanted = given.toLowerCase(Locale.ROOT);
        if (wanted.length() > MAX_LENGTH || wanted.isEmpty()) {
            return Optional.empty();
        }
        String best = "";
        int least = Math.max(2, wanted.length() / 3) + 1;
        for (String name : known) {
            String candidate = name.toLowerCase(Locale.ROOT);
            int changes = candidate.length() > MAX_LENGTH ? least : distance(wanted, candidate);
            if (changes < least) {
                least = changes;
                best = name;
            }
        }
        if (best.isEmpty()) {
            return known.stream()
                    .filter(name ->
                            wanted.length() > 2 && name.toLowerCase(Locale.ROOT).contains(wanted))
                    .findFirst();
        }
        return Optional.of(best);
    }

    /** Levenshtein distance, row by row (Wagner and Fischer, The String-to-String Correction Problem, 1974). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
