package dev.datastudio.rag.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.rag.index.internal.ChromaCollection;
import dev.datastudio.rag.index.internal.ChromaRecord;
import dev.datastudio.rag.index.internal.ChromaWhere;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which versions an index holds: a collection with a record for each, since Chroma can't count passages by version. A
 * version is entered before its first passage is written and taken out after the last one is gone, so none is there that
 * the register does not know.
 */
record ChromaRegister(ChromaCollection collection) {
    private static final String PASSAGES = "passages";

    /**
     * @param isPublished whether all of its passages were made findable
     * @param passages how many, when it is published
     */
    record Entry(PassageKey.Version version, boolean isPublished, long passages) {}

    Optional<Entry> find(PassageKey.Version version) {
        return find(List.of(version)).stream().findFirst();
    }

    List<Entry> find(List<PassageKey.Version> versions) {
        return collection.byIds(ChromaPassages.keys(versions)).stream()
                .map(ChromaRegister::entry)
                .toList();
    }

    boolean hasOthers(List<PassageKey.Version> versions) {
        return !collection.ids(ChromaPassages.otherThan(versions)).isEmpty();
    }

    List<Entry> all() {
        JsonNode any = ChromaWhere.any(List.of(
                ChromaWhere.is(ChromaPassages.PUBLISHED, true), ChromaWhere.is(ChromaPassages.PUBLISHED, false)));
        return collection.all(any).stream().map(ChromaRegister::entry).toList();
    }

    private static Entry entry(ChromaRecord.Read read) {
        Map<String, Object> metadata = read.metadata();
        try {
            return new Entry(
                    ChromaPassages.version(metadata),
                    Boolean.TRUE.equals(metadata.get(ChromaPassages.PUBLISHED)),
                    ChromaPassages.number(metadata, PASSAGES));
        } catch (IllegalArgumentException e) {
            throw ChromaPassages.damaged(read.id(), e);
        }
    }

    void write(List<Entry> entries) {
        collection.upsert(entries.stream().map(ChromaRegister::record).toList());
    }

    private static ChromaRecord record(Entry entry) {
        Map<String, Object> metadata = ChromaPassages.metadata(entry.version());
        metadata.put(ChromaPassages.PUBLISHED, entry.isPublished());
        metadata.put(PASSAGES, entry.passages());
        String id = entry.version().toString();
        return new ChromaRecord(id, placeholder(id), id, metadata);
    }

    void remove(List<PassageKey.Version> versions) {
        collection.delete(ChromaPassages.keys(versions));
    }

    void removeOthers(List<PassageKey.Version> versions) {
        collection.delete(ChromaPassages.otherThan(versions));
    }

    void removeAll(Collection<String> documents) {
        collection.delete(ChromaPassages.ofAny(documents));
    }

    /** A direction for a record that is never searched by meaning; spread, since Chroma's graph is slow with equals. */
    static float[] placeholder(String id) {
        double angle = id.hashCode();
        return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
    }
}
