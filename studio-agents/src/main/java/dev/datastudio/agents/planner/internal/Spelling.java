package dev.datastudio.agents.planner.internal;

/** How far apart two words are written. */
final class Spelling {
    private Spelling() {}

    /** How many edits a word of this length may be away from what was meant. */
    static int tolerance(int length) {
        return length < 5 ? 0 : length < 9 ? 1 : 2;
    }

    /**
     * Edits between two words, a swap of neighbours counting as one (Damerau, 1964, optimal string alignment); more
     * than {@code most} is given as {@code most + 1}.
     */
    static int distance(String a, String b, int most) {
        if (Math.abs(a.length() - b.length()) > most) {
            return most + 1;
        }
        int[] twoAgo = new int[b.length() + 1];
        int[] before = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], before[j]) + 1, before[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], twoAgo[j - 2] + 1);
                }
            }
            int[] free = twoAgo;
            twoAgo = before;
            before = row;
            row = free;
        }
        return Math.min(before[b.length()], most + 1);
    }

    /** Whether two words differ by no more than the tolerance of the first, and begin alike. */
    static boolean isSlip(String typed, String meant) {
        int tolerance = tolerance(Math.min(typed.length(), meant.length()));
        return tolerance > 0 && typed.charAt(0) == meant.charAt(0) && distance(typed, meant, tolerance) <= tolerance;
    }
}
