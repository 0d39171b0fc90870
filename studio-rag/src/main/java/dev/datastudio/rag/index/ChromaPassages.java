package dev.datastudio.rag.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.rag.index.internal.ChromaRecord;
import dev.datastudio.rag.index.internal.ChromaWhere;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Passages as records of Chroma. */
final class ChromaPassages {
    /** Whether a passage can be found. */
    static final String PUBLISHED = "published";

    private static final String DOCUMENT = "document";
    private static final String VERSION = "version";
    private static final String ORDINAL = "ordinal";
    private static final String CONTEXT = "context";
    private static final String LANGUAGE = "language";

    private ChromaPassages() {}

    static ChromaRecord staged(Passage passage, float[] vector) {
        PassageKey key = passage.key();
        Map<String, Object> metadata = new HashMap<>();
        ChromaFilter.write(passage.attributes(), metadata);
        metadata.put(DOCUMENT, key.version().document());
        metadata.put(VERSION, key.version().version());
        metadata.put(ORDINAL, (long) key.ordinal());
        metadata.put(CONTEXT, passage.context());
        metadata.put(LANGUAGE, passage.language());
        metadata.put(PUBLISHED, false);
        return new ChromaRecord(key.toString(), vector, passage.text(), metadata);
    }

    static Passage passage(ChromaRecord.Read read) {
        Map<String, Object> metadata = read.metadata();
        try {
            Map<String, Object> attributes = new HashMap<>();
            metadata.entrySet()
                    .forEach(metadatum -> ChromaFilter.read(metadatum)
                            .ifPresent(attribute -> attributes.put(attribute.getKey(), attribute.getValue())));
            PassageKey key = new PassageKey(version(metadata), Math.toIntExact((Long) metadata.get(ORDINAL)));
            String context = (String) metadata.get(CONTEXT);
            String language = (String) metadata.get(LANGUAGE);
            return new Passage(key, read.text(), context, language, attributes, null);
        } catch (IllegalArgumentException | NullPointerException | ClassCastException | ArithmeticException e) {
            throw damaged(read.id(), e);
        }
    }

    /** Of a passage or of an entry of {@link ChromaRegister}. */
    static PassageKey.Version version(Map<String, Object> metadata) {
        return new PassageKey.Version((String) metadata.get(DOCUMENT), (String) metadata.get(VERSION));
    }

    static Map<String, Object> metadata(PassageKey.Version version) {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put(DOCUMENT, version.document());
        metadata.put(VERSION, version.version());
        return metadata;
    }

    static StudioException damaged(String id, RuntimeException cause) {
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                "The record " + StudioException.quote(id) + " of Chroma was not written by Studio, or was changed",
                "Drop the index and read the documents in again",
                cause);
    }

    /** The ordinal in the id of a passage of a version. */
    static int ordinal(PassageKey.Version version, String id) {
        try {
            return Integer.parseInt(id.substring(version.toString().length() + 1));
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw damaged(id, e);
        }
    }

    static JsonNode of(PassageKey.Version version) {
        return ChromaWhere.all(
                List.of(ChromaWhere.is(DOCUMENT, version.document()), ChromaWhere.is(VERSION, version.version())));
    }

    static JsonNode otherThan(PassageKey.Version version) {
        return ChromaWhere.all(
                List.of(ChromaWhere.is(DOCUMENT, version.document()), ChromaWhere.not(VERSION, version.version())));
    }

    static JsonNode ofAny(Collection<String> documents) {
        return ChromaWhere.in(DOCUMENT, new ArrayList<>(documents));
    }

    /** With an ordinal of at least {@code from} and at most {@code to}. */
    static JsonNode between(PassageKey.Version version, long from, long to) {
        return ChromaWhere.all(
                List.of(of(version), ChromaWhere.atLeast(ORDINAL, from), ChromaWhere.atMost(ORDINAL, to)));
    }
}
