package dev.datastudio.rag.document.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentVersion;
import dev.datastudio.rag.document.Ingestion;
import dev.datastudio.rag.document.Stage;
import dev.datastudio.rag.document.Visibility;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents as entries of a metadata store. */
public final class DocumentBodies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DocumentBodies() {}

    /** What a document is found by. */
    public static Map<String, String> attributes(Document document) {
        return Map.of(
                "user_id",
                document.user(),
                "visibility",
                document.visibility().name(),
                "state",
                document.ingestion().state().name(),
                "sha256",
                document.ingestion().sha256());
    }

    public static String write(Document document) {
        ObjectNode json = JSON.createObjectNode()
                .put("name", document.name())
                .put("user", document.user())
                .put("visibility", document.visibility().name());
        document.current().ifPresent(version -> write(json.putObject("version"), version));
        write(json.putObject("ingestion"), document.ingestion());
        return json.toString();
    }

    private static void write(ObjectNode json, DocumentVersion version) {
        json.put("id", version.id())
                .put("sha256", version.sha256())
                .put("bytes", version.bytes())
                .put("mediaType", version.mediaType())
                .put("title", version.title())
                .put("language", version.language())
                .put("pages", version.pages())
                .put("characters", version.characters())
                .put("passages", version.passages())
                .put("publishedAt", version.publishedAt().toString());
        version.warnings().forEach(json.putArray("warnings")::add);
    }

    private static void write(ObjectNode json, Ingestion ingestion) {
        json.put("state", ingestion.state().name())
                .put("stage", ingestion.stage().name())
                .put("version", ingestion.version())
                .put("sha256", ingestion.sha256())
                .put("bytes", ingestion.bytes())
                .put("attempt", ingestion.attempt())
                .put("changedAt", ingestion.changedAt().toString());
        ingestion
                .failure()
                .ifPresent(failure -> json.putObject("failure")
                        .put("reason", failure.reason())
                        .put("message", failure.message())
                        .put("mend", failure.mend())
                        .put("isPassing", failure.isPassing()));
    }

    /**
     * The document of an entry.
     *
     * @throws IllegalArgumentException when the body is no document
     */
    public static Document read(Entry entry, JsonNode json) {
        return new Document(
                entry.key().id(),
                json.path("name").asText(),
                json.path("user").asText(),
                Visibility.valueOf(json.path("visibility").asText()),
                version(json.path("version")),
                ingestion(json.path("ingestion")),
                entry.revision(),
                entry.createdAt());
    }

    private static @Nullable DocumentVersion version(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        List<String> warnings = new ArrayList<>();
        json.path("warnings").forEach(warning -> warnings.add(warning.asText()));
        return new DocumentVersion(
                json.path("id").asText(),
                json.path("sha256").asText(),
                json.path("bytes").asLong(),
                json.path("mediaType").asText(),
                json.path("title").asText(),
                json.path("language").asText(),
                json.path("pages").asInt(),
                json.path("characters").asLong(),
                json.path("passages").asLong(),
                warnings,
                time(json.path("publishedAt")));
    }

    private static Ingestion ingestion(JsonNode json) {
        JsonNode failure = json.path("failure");
        return new Ingestion(
                Ingestion.State.valueOf(json.path("state").asText()),
                Stage.valueOf(json.path("stage").asText()),
                json.path("version").asText(),
                json.path("sha256").asText(),
                json.path("bytes").asLong(),
                json.path("attempt").asInt(),
                failure.isObject() ? failure(failure) : null,
                time(json.path("changedAt")));
    }

    private static Ingestion.Failure failure(JsonNode json) {
        return new Ingestion.Failure(
                json.path("reason").asText(),
                json.path("message").asText(),
                json.path("mend").asText(),
                json.path("isPassing").asBoolean());
    }

    private static Instant time(JsonNode json) {
        try {
            return Instant.parse(json.asText());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("A time can't be read: " + json, e);
        }
    }
}
