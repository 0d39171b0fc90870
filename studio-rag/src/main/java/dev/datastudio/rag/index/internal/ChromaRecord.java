package dev.datastudio.rag.index.internal;

import java.util.Map;

/**
 * A record as it is written. Don't change the array.
 *
 * @param id unique in its collection
 * @param vector of the dimension of its collection
 * @param text what it says
 * @param metadata texts, {@link Long}s and {@link Boolean}s
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares records
public record ChromaRecord(String id, float[] vector, String text, Map<String, Object> metadata) {
    public ChromaRecord {
        metadata = Map.copyOf(metadata);
    }

    /**
     * A record as it is read, checked by nobody yet but for its types.
     *
     * @param distance 1 less its cosine, or 0 when nothing was looked for
     */
    public record Read(String id, String text, Map<String, Object> metadata, double distance) {
        public Read {
            metadata = Map.copyOf(metadata);
        }
    }
}
