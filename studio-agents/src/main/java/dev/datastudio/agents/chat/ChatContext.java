package dev.datastudio.agents.chat;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.List;
import java.util.Objects;

/**
 * What a message is about, as a client tells it. Immutable. Models are shown all of it as data.
 *
 * @param sources the ids of data sets and databases of the caller; at most 32; of an empty list, those of the messages
 *     before
 * @param documents whether the documents are asked too; without sources, they alone
 * @param issue the id of a finding about the quality of data; empty for none
 * @param project the id of a project; empty for none
 * @param enriched what the client tells of the source
 */
public record ChatContext(List<String> sources, boolean documents, String issue, String project, Enriched enriched) {
    /** About nothing in particular, or about the same as before. */
    public static final ChatContext NONE = new ChatContext(List.of(), "", "", Enriched.NOTHING);

    private static final int MAX_SOURCES = 32;
    private static final int MAX_ID = 200;

    /** @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} when there are too many sources or an id is no id */
    public ChatContext {
        sources = sources.stream().distinct().toList();
        if (sources.size() > MAX_SOURCES) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The message is about " + sources.size() + " sources",
                    "Name at most " + MAX_SOURCES);
        }
        sources.forEach(id -> requireId("source_id", id));
        sources.forEach(ChatContext::requireNotEmpty);
        requireId("issue_id", issue);
        requireId("project_id", project);
        Objects.requireNonNull(enriched, "enriched");
    }

    /**
     * Not about the documents.
     *
     * @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} when there are too many sources or an id is no id
     */
    public ChatContext(List<String> sources, String issue, String project, Enriched enriched) {
        this(sources, false, issue, project, enriched);
    }

    /** About these data sets and databases. */
    public static ChatContext of(List<String> sources) {
        return new ChatContext(sources, "", "", Enriched.NOTHING);
    }

    /** With other sources. */
    public ChatContext withSources(List<String> ids) {
        return new ChatContext(ids, documents, issue, project, enriched);
    }

    /** About the documents too. */
    public ChatContext withDocuments() {
        return new ChatContext(sources, true, issue, project, enriched);
    }

    private static void requireNotEmpty(String id) {
        if (id.isEmpty()) {
            throw new StudioException(ErrorCode.INVALID_ARGUMENT, "A source has no id", "Leave it out, or give its id");
        }
    }

    private static void requireId(String name, String id) {
        if (id.length() > MAX_ID || id.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    name + " is " + StudioException.quote(id) + ", which is no id",
                    "Give an id of at most " + MAX_ID + " printable ASCII characters without spaces");
        }
    }

    /**
     * What a client tells of a source; nothing of it is trusted. Immutable.
     *
     * @param id of the source; empty when it is not told
     * @param name of the source; empty when it is not told
     * @param type of the source; empty when it is not told
     * @param schema as text or JSON; empty when it is not told
     * @param metrics as text or JSON; empty when it is not told
     * @param dataSample as text or JSON; empty when it is not told
     */
    public record Enriched(String id, String name, String type, String schema, String metrics, String dataSample) {
        /** Nothing is told. */
        public static final Enriched NOTHING = new Enriched("", "", "", "", "", "");

        /** How many characters each part may have. */
        public static final int MAX_CHARACTERS = 200_000;

        private static final int MAX_NAME = 500;

        /** @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} when a part is too long */
        public Enriched {
            requireShort("enriched.source.id", id, MAX_NAME);
            requireShort("enriched.source.name", name, MAX_NAME);
            requireShort("enriched.source.type", type, MAX_NAME);
            requireShort("enriched.schema", schema, MAX_CHARACTERS);
            requireShort("enriched.metrics", metrics, MAX_CHARACTERS);
            requireShort("enriched.dataSample", dataSample, MAX_CHARACTERS);
        }

        private static void requireShort(String part, String text, int max) {
            if (text.length() > max) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        part + " has " + text.length() + " characters",
                        "Send at most " + max);
            }
        }
    }
}
