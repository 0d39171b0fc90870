package dev.datastudio.rag.ingest;

import dev.datastudio.rag.chunk.Chunk;
import dev.datastudio.rag.chunk.ChunkOptions;
import dev.datastudio.rag.chunk.Chunker;
import dev.datastudio.rag.chunk.DocumentText;
import dev.datastudio.rag.chunk.DocumentTextWriter;
import dev.datastudio.rag.extract.Extraction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A document that was read and cut: its text lies in a file, of its passages only their places are in memory.
 *
 * @param extraction how reading went
 * @param places of the passages, in order
 */
record ReadText(Extraction extraction, List<Place> places) {
    ReadText {
        places = List.copyOf(places);
    }

    /**
     * Reads and cuts a document.
     *
     * @param text takes its text; finished here
     * @param reading reads it into a chunker
     */
    static ReadText of(IngestionParts parts, DocumentTextWriter text, Function<Chunker, Extraction> reading) {
        List<Place> places = new ArrayList<>();
        ChunkOptions options = parts.chunks();
        Chunker chunker = Chunker.of(options, parts.tokens(), text, chunk -> places.add(Place.of(chunk, places)));
        Extraction extraction = reading.apply(chunker);
        if (extraction.status().hasText()) {
            chunker.finish();
            text.finish();
        }
        return new ReadText(extraction, places);
    }

    /**
     * Where a passage lies in the text.
     *
     * @param context what it stands under
     */
    record Place(long from, long to, int pageFrom, int pageTo, String context) {
        /** Neighbours mostly stand under the same headings, so they share the text that says so. */
        static Place of(Chunk chunk, List<Place> before) {
            String context = chunk.context();
            if (!before.isEmpty() && before.get(before.size() - 1).context().equals(context)) {
                context = before.get(before.size() - 1).context();
            }
            return new Place(chunk.from(), chunk.to(), chunk.pageFrom(), chunk.pageTo(), context);
        }

        String text(DocumentText whole) {
            return whole.text(from, to);
        }
    }
}
