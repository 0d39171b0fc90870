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
    private static final String KEY = "key";
    private static final String ORDINAL = "ordinal";
    private static final String CONTEXT = "context";
    private static final String LANGUAGE = "language";

    private ChromaPassages() {}

    static ChromaRecord staged(Passage passage, float[] vector) {
        PassageKey key = passage.key();
        Map<String, Object> metadata = metadata(key.version());
        ChromaFilter.write(passage.attributes(), metadata);
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
            PassageKey key = new PassageKey(version(metadata), Math.toIntExact(number(metadata, ORDINAL)));
            String context = text(metadata, CONTEXT);
            String language = text(metadata, LANGUAGE);
            return new Passage(key, read.text(), context, language, attributes);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw damaged(read.id(), e);
        }
    }

    private static String text(Map<String, Object> metadata, String name) {
        if (metadata.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("no text '" + name + "'");
    }

    /** @throws IllegalArgumentException if there is none */
    static long number(Map<String, Object> metadata, String name) {
        if (metadata.get(name) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("no number '" + name + "'");
    }

    /** Of a passage or of an entry of {@link ChromaRegister}. */
    static PassageKey.Version version(Map<String, Object> metadata) {
        return new PassageKey.Version(text(metadata, DOCUMENT), text(metadata, VERSION));
    }

    static Map<String, Object> metadata(PassageKey.Version version) {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put(DOCUMENT, version.document());
        metadata.put(VERSION, version.version());
        metadata.put(KEY, version.toString());
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

    /** The {@link PassageKey.Version} in the id of a passage, as text. */
    static String key(String id) {
        return id.substring(0, Math.max(0, id.lastIndexOf('#')));
    }

    static JsonNode of(PassageKey.Version version) {
        return ChromaWhere.is(KEY, version.toString());
    }

    static JsonNode of(Collection<PassageKey.Version> versions) {
        return ChromaWhere.in(KEY, keys(versions));
    }

    /** Of the same documents, but none of these. */
    static JsonNode otherThan(Collection<PassageKey.Version> versions) {
        List<String> documents =
                versions.stream().map(PassageKey.Version::document).toList();
        return ChromaWhere.all(List.of(ofAny(documents), ChromaWhere.notIn(KEY, keys(versions))));
    }

    static List<String> keys(Collection<PassageKey.Version> versions) {
        return versions.stream().map(PassageKey.Version::toString).toList();
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
