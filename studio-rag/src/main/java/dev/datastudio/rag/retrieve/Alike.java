package dev.datastudio.rag.retrieve;

import dev.datastudio.api.search.Passage;

/** Tells passages that say the same, so that a page of hits does not say it twice. */
final class Alike {
    /** The part of the shorter text from which on two overlapping neighbours are one too many. */
    private static final double OVERLAP = 0.5;

    private Alike() {}

    /** Whether two passages have the same words, or are neighbours of one version that overlap by half. */
    static boolean test(Passage a, Passage b) {
        if (a.text().equals(b.text())) {
            return true;
        }
        int distance = a.key().ordinal() - b.key().ordinal();
        if (Math.abs(distance) != 1 || !a.key().version().equals(b.key().version())) {
            return false;
        }
        int shared = distance < 0 ? shared(a.text(), b.text()) : shared(b.text(), a.text());
        return shared >= OVERLAP * Math.min(a.text().length(), b.text().length());
    }

    /**
     * How long the longest end of one text is that the other begins with, by the failure function of Knuth, Morris and
     * Pratt, "Fast Pattern Matching in Strings", 1977.
     */
    private static int shared(String first, String second) {
        int[] failure = new int[second.length()];
        for (int i = 1, k = 0; i < second.length(); i++) {
            while (k > 0 && second.charAt(i) != second.charAt(k)) {
                k = failure[k - 1];
            }
            k += second.charAt(i) == second.charAt(k) ? 1 : 0;
            failure[i] = k;
        }
        int matched = 0;
        for (int i = Math.max(0, first.length() - second.length()); i < first.length(); i++) {
            while (matched > 0 && (matched == second.length() || first.charAt(i) != second.charAt(matched))) {
                matched = failure[matched - 1];
            }
            matched += first.charAt(i) == second.charAt(matched) ? 1 : 0;
        }
        return matched;
    }
}
