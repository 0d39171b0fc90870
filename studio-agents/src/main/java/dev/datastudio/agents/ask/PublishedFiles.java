package dev.datastudio.agents.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.link.LinkGrant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The files of answers as signed links of a studio, and its charts as they were stored with them. Thread-safe.
 *
 * @param studio has the files
 * @param caller whose answers they are
 * @param base where the links are served: scheme, host and port
 * @param expiresAt until when the links work
 */
public record PublishedFiles(Studio studio, Caller caller, URI base, Instant expiresAt) implements AnswerFiles {
    private static final String FIGURE = ".plotly.json";

    public PublishedFiles {
        Objects.requireNonNull(studio, "studio");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    @Override
    public String url(AnswerArtifact artifact) {
        LinkGrant grant = LinkGrant.get(new ArtifactKey(artifact.key()), expiresAt);
        return studio.links().sign(base, caller, grant).toString();
    }

    @Override
    public Optional<String> figure(AnswerStep step) {
        return step.artifacts().stream()
                .filter(artifact -> artifact.key().endsWith(FIGURE))
                .findFirst()
                .map(artifact -> read(new ArtifactKey(artifact.key())));
    }

    private String read(ArtifactKey key) {
        try (InputStream content = studio.artifacts().open(key)) {
            return new String(content.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
