package dev.datastudio.app.question;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.ask.AnswerFiles;
import dev.datastudio.agents.ask.AnswerJson;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.ask.PublishedFiles;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers as they are sent. An answer that comes from the cache is written once and sent again as the same bytes, links
 * and all, while most of the links' life remains: a repeat costs no signature and no look at a file. Thread-safe.
 */
@Component
public class PublishedAnswers {
    private static final long MAX_BYTES = 32L << 20;

    private final Studio studio;
    private final FileLinks links;
    private final LinkSettings settings;
    private final JsonMapper json;

    private final Cache<Key, Rendered> known = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .<Key, Rendered>weigher((key, rendered) -> rendered.bytes().length + 200)
            .build();

    PublishedAnswers(Studio studio, FileLinks links, LinkSettings settings, JsonMapper json) {
        this.studio = studio;
        this.links = links;
        this.settings = settings;
        this.json = json;
    }

    private enum Form {
        ASKED,
        ANSWER
    }

    private record Key(Caller caller, String answer, URI base, Form form) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody else sees it
    private record Rendered(byte[] bytes, Instant until) {}

    /**
     * What {@code /ask} answers.
     *
     * @param status how the question ended
     * @param cached whether nothing had to be computed
     * @param results the files of the answer
     * @param answer the whole answer
     */
    @Schema(name = "AskResponse")
    record AskResponse(
            Status status,
            boolean cached,
            List<AskResult> results,

            @Schema(type = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE) @JsonRawValue
            String answer) {}

    /** How a question ended. */
    @Schema(name = "AskStatus")
    enum Status {
        @JsonProperty("ok")
        OK,
        @JsonProperty("ambiguous")
        AMBIGUOUS,
        @JsonProperty("not_understood")
        NOT_UNDERSTOOD,
        @JsonProperty("cannot_answer")
        CANNOT_ANSWER;

        static Status of(AnswerStatus status) {
            return status == AnswerStatus.ANSWERED ? OK : valueOf(status.name());
        }
    }

    /**
     * A file of an answer.
     *
     * @param type {@code image}, {@code json}, {@code table} or {@code text}
     * @param label what it shows: {@code sales_distribution}
     * @param key where it lies
     * @param url where it is fetched from, for a while
     */
    @Schema(name = "AskResult")
    record AskResult(
            String type,
            String label,
            @JsonProperty("s3_key") String key,
            String url) {}

    /** What {@code /ask} answers, as the bytes of JSON. */
    byte[] asked(Caller caller, Answer answer) {
        return bytes(caller, answer, Form.ASKED, links.base());
    }

    /** The JSON form of an answer, as bytes. */
    public byte[] answer(Caller caller, Answer answer) {
        return answer(caller, answer, links.base());
    }

    /**
     * As {@link #answer(Caller, Answer)}, on another thread than that of the request.
     *
     * @param base as {@link #base()} gave it on that thread
     */
    public byte[] answer(Caller caller, Answer answer, URI base) {
        return bytes(caller, answer, Form.ANSWER, base);
    }

    /** Where the links of this thread's request begin. */
    public URI base() {
        return links.base();
    }

    private byte[] bytes(Caller caller, Answer answer, Form form, URI base) {
        if (!answer.cached()) {
            return render(caller, answer, base, form);
        }
        Key key = new Key(caller, answer.id(), base, form);
        Instant now = studio.clock().instant();
        Rendered before = known.getIfPresent(key);
        if (before != null && now.isBefore(before.until())) {
            return before.bytes();
        }
        byte[] bytes = render(caller, answer, base, form);
        known.put(key, new Rendered(bytes, now.plus(settings.reusable())));
        return bytes;
    }

    private byte[] render(Caller caller, Answer answer, URI base, Form form) {
        SignedOnce files = new SignedOnce(new PublishedFiles(studio, caller, base, links.readable()));
        String text = AnswerJson.publish(answer, files);
        if (form == Form.ANSWER) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        List<AskResult> results = new ArrayList<>();
        for (AnswerStep step : answer.steps()) {
            for (AnswerArtifact artifact : step.artifacts()) {
                String key = FileLinks.withoutTenant(caller, artifact.key());
                results.add(new AskResult(artifact.type(), artifact.label(), key, files.url(artifact)));
            }
        }
        return json.writeValueAsBytes(new AskResponse(Status.of(answer.status()), answer.cached(), results, text));
    }

    /** One link a file, wherever the file stands. Not thread-safe. */
    private static final class SignedOnce implements AnswerFiles {
        private final AnswerFiles files;
        private final Map<String, String> urls = new HashMap<>();

        SignedOnce(AnswerFiles files) {
            this.files = files;
        }

        @Override
        public String url(AnswerArtifact artifact) {
            return urls.computeIfAbsent(artifact.key(), key -> files.url(artifact));
        }

        @Override
        public Optional<String> figure(AnswerStep step) {
            return files.figure(step);
        }
    }
}
