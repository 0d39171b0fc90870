package dev.datastudio.rag.chunk;

import java.util.ArrayDeque;
import java.util.Deque;

/** The end of the document's text, as far back as a chunk may still need it, with its pages. Not thread-safe. */
final class TextWindow {
    private final TextSink sink;
    private final StringBuilder text = new StringBuilder();
    private final Deque<long[]> pages = new ArrayDeque<>();
    private long base;
    private int page;

    TextWindow(TextSink sink) {
        this.sink = sink;
    }

    void append(String more) {
        text.append(more);
        sink.append(more);
    }

    void page(int number) {
        if (number != page) {
            page = number;
            pages.addLast(new long[] {end(), number});
            sink.startPage(number);
        }
    }

    long end() {
        return base + text.length();
    }

    String text(long from, long to) {
        return text.substring((int) (from - base), (int) (to - base));
    }

    int pageAt(long offset) {
        int found = 0;
        for (long[] start : pages) {
            if (start[0] > offset) {
                break;
            }
            found = (int) start[1];
        }
        return found;
    }

    /** Nothing before this is needed any more. */
    void forget(long before) {
        int length = (int) (before - base);
        if (length > 4096) {
            text.delete(0, length);
            base = before;
            while (pages.size() > 1 && secondStart() <= before) {
                pages.removeFirst();
            }
        }
    }

    private long secondStart() {
        long[] first = pages.removeFirst();
        long second = pages.getFirst()[0];
        pages.addFirst(first);
        return second;
    }
}
