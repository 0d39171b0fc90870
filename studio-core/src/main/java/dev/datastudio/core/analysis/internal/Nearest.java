package dev.datastudio.core.analysis.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The nearest of some texts, letter case aside.
 *
 * <p>The distance is that of optimal string alignment: insertions, deletions, changes and swaps of neighbours (Damerau,
 * "A technique for computer detection and correction of spelling errors", 1964, with each place edited once).
 */
public final class Nearest {
    private static final int MAX_LENGTH = 200;

    private Nearest() {}

    /** The nearest text that is close enough to be meant; the first one when several are equally near. */
    public static Optional<String> find(String text, Collection<String> candidates) {
        return candidates.stream().filter(c -> isClose(text, c)).min(Comparator.comparingInt(c -> distance(text, c)));
    }

    /** The nearest texts in order, at most some of them, close ones only. */
    public static List<String> list(String text, Collection<String> candidates, int most) {
        return candidates.stream()
                .filter(c -> isClose(text, c))
                .sorted(Comparator.<String>comparingInt(c -> distance(text, c)).thenComparing(c -> c))
                .limit(most)
                .toList();
    }

    /** Whether two texts differ by so little that one may be a slip of the other. */
    public static boolean isClose(String text, String other) {
        int length = Math.max(text.length(), other.length());
        if (length > MAX_LENGTH || Math.abs(text.length() - other.length()) > 3) {
            return false;
        }
        int allowed = length <= 2 ? 0 : length <= 5 ? 1 : length <= 9 ? 2 : 3;
        return distance(text, other) <= allowed;
    }

    /** How many edits lead from one text to the other. */
    public static int distance(String text, String other) {
        String a = text.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] now = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(change, Math.min(last[j], now[j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    now[j] = Math.min(now[j], before[j - 2] + 1);
                }
            }
            int[] free = before;
            before = last;
            last = now;
            now = free;
        }
        return last[b.length()];
    }
}
