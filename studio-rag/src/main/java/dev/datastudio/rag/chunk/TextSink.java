package dev.datastudio.rag.chunk;

/** Where the text of a document goes while it is read. Offsets are in {@code char}s of Java, from 0. */
public interface TextSink {
    /** A sink that keeps nothing. */
    TextSink NONE = new TextSink() {
        @Override
        public void append(String text) {}

        @Override
        public void startPage(int page) {}
    };

    /** The next text; without halves of surrogate pairs. */
    void append(String text);

    /** What is appended from here on stands on this page; called with another number each time. */
    void startPage(int page);
}
