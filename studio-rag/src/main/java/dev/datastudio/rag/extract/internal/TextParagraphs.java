package dev.datastudio.rag.extract.internal;

/** Puts lines together to paragraphs, however long, keeping the line ends within. Not thread-safe. */
final class TextParagraphs {
    private static final int PIECE = 16 * 1024;

    private final BlockWriter writer;
    private final StringBuilder text = new StringBuilder();
    private boolean open;
    private boolean goesOn;

    TextParagraphs(BlockWriter writer) {
        this.writer = writer;
    }

    boolean isEmpty() {
        return !open;
    }

    void line(Lines line) {
        if (open && line.startsLine()) {
            text.append('\n');
        }
        open = true;
        text.append(line.text());
        if (text.length() >= PIECE) {
            flush();
        }
    }

    void end() {
        flush();
        text.setLength(0);
        open = false;
        goesOn = false;
    }

    /** Blanks at the end are kept back: they only count when something follows. */
    private void flush() {
        int end = text.length();
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        String piece = text.substring(0, end);
        text.delete(0, end == 0 ? text.length() : end);
        if (goesOn) {
            writer.continuation(piece);
        } else {
            goesOn = writer.paragraph(piece);
        }
    }
}
