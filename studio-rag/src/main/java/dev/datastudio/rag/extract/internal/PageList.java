package dev.datastudio.rag.extract.internal;

import java.util.ArrayList;
import java.util.List;

/** Numbers of pages, told in words. */
final class PageList {
    private static final int MAX_RANGES = 10;

    private final List<int[]> ranges = new ArrayList<>();

    /** @param page larger than all before */
    void add(int page) {
        int[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
        if (last != null && last[1] == page - 1) {
            last[1] = page;
        } else if (ranges.size() <= MAX_RANGES) {
            ranges.add(new int[] {page, page});
        }
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    boolean isSingle() {
        return ranges.size() == 1 && ranges.get(0)[0] == ranges.get(0)[1];
    }

    /** Such as "Pages 2 to 4, 9". */
    String words() {
        List<String> words = new ArrayList<>();
        for (int[] range : ranges.subList(0, Math.min(MAX_RANGES, ranges.size()))) {
            words.add(range[0] == range[1] ? "" + range[0] : range[0] + " to " + range[1]);
        }
        return (isSingle() ? "Page " : "Pages ")
                + String.join(", ", words)
                + (ranges.size() > MAX_RANGES ? " and others" : "");
    }
}
