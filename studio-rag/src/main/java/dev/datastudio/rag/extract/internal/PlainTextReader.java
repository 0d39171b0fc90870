package dev.datastudio.rag.extract.internal;

import java.io.IOException;
import java.io.Reader;

/** Reads plain text: paragraphs are parted by blank lines. Memory does not grow with the file. */
final class PlainTextReader implements FormatReader {
    @Override
    public void read(Reading reading) throws IOException {
        try (Reader in = TextEncoding.open(reading)) {
            read(in, reading.writer());
        }
    }

    static void read(Reader in, BlockWriter writer) throws IOException {
        Lines lines = new Lines(in, writer);
        TextParagraphs paragraphs = new TextParagraphs(writer);
        while (lines.next()) {
            if (lines.startsLine() && lines.text().isBlank()) {
                paragraphs.end();
            } else {
                paragraphs.line(lines);
            }
        }
        paragraphs.end();
    }
}
