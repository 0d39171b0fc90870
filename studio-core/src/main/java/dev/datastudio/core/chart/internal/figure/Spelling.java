package dev.datastudio.core.chart.internal.figure;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Names that may have been meant, by the distance of V. Levenshtein (1966). */
final class Spelling {
    private static final int MAX_LENGTH = 40;

    private Spelling() {}

    /** The nearest known name, if only a few of its letters differ. */
    static Optional<String> nearest(String name, Collection<String> known) {
        if (name.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return known.stream()
                .filter(one -> distance(name, one) <= allowed(one))
                .min(Comparator.<String>comparingInt(one -> distance(name, one)).thenComparing(one -> one));
    }

    private static int allowed(String name) {
        return name.length() <= 3 ? 1 : Math.max(2, name.length() / 3);
    }

    private static int distance(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int before = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = before + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                before = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
