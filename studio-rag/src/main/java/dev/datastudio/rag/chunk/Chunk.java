package dev.datastudio.rag.chunk;

import java.util.List;
import java.util.Objects;

/**
 * A piece of a document for retrieval. Immutable.
 *
 * @param ordinal its place in the document, from 0
 * @param text exactly the characters {@code from} to {@code to} of the document's text; not blank
 * @param from where it begins, in {@code char}s
 * @param to where it ends, exclusive
 * @param pageFrom the page, slide or sheet that it begins on, from 1; 0 when the format has none
 * @param pageTo the one that it ends on
 * @param language BCP 47 of its text; when it is too short to tell, that of the text before; {@code und} at first
 * @param title of the document; may be empty
 * @param headings what it stands under, the highest first; when it spans several sections, what they have in common
 * @param tableHeader the names of the columns, when it is a part of a table without its header; else empty
 */
public record Chunk(
        int ordinal,
        String text,
        long from,
        long to,
        int pageFrom,
        int pageTo,
        String language,
        String title,
        List<String> headings,
        String tableHeader) {
    private static final String LINE = "\n";

    /** @throws IllegalArgumentException if the text is blank or has another length than the span */
    public Chunk {
        headings = List.copyOf(headings);
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(tableHeader, "tableHeader");
        if (Objects.requireNonNull(text, "text").isBlank() || to - from != text.length()) {
            throw new IllegalArgumentException("text must not be blank and have the length of its span " + from + ".."
                    + to + ", had " + text.length());
        }
    }

    /**
     * What the chunk stands under, for embedding and search beside the text: title, headings that are not in the text
     * itself, and table header, each on a line; may be empty.
     */
    public String context() {
        StringBuilder context = new StringBuilder();
        String above = "";
        if (!isInText(title)) {
            above = title;
            add(context, title);
        }
        for (String heading : headings) {
            if (!heading.equals(above) && !isInText(heading)) {
                add(context, heading);
            }
        }
        add(context, tableHeader);
        return context.toString();
    }

    private boolean isInText(String line) {
        return text.equals(line) || text.startsWith(line + LINE) || text.contains(LINE + line + LINE);
    }

    private static void add(StringBuilder context, String line) {
        if (!line.isEmpty()) {
            context.append(context.isEmpty() ? "" : LINE).append(line);
        }
    }

    /** The text with its {@link #context()} above it, as it is embedded. */
    public String textWithContext() {
        String context = context();
        return context.isEmpty() ? text : context + LINE + LINE + text;
    }
}
