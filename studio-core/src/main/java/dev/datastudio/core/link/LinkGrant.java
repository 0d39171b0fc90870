package dev.datastudio.core.link;

import dev.datastudio.api.artifact.ArtifactKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a link allows. Immutable.
 *
 * @param method reading or writing, never both
 * @param key the one artifact
 * @param expiresAt until when, exclusive; cut to the second
 * @param mediaType for writing: what the content must say it is, such as {@code text/csv}; empty for anything
 * @param maxBytes for writing: how long the content may be; 0 for reading
 */
public record LinkGrant(Method method, ArtifactKey key, Instant expiresAt, String mediaType, long maxBytes) {
    private static final Pattern MEDIA_TYPE = Pattern.compile("|[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}");

    /** What may be done with a link. */
    public enum Method {
        GET,
        PUT
    }

    /** @throws IllegalArgumentException if a part breaks its rule */
    public LinkGrant {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(key, "key");
        expiresAt = expiresAt.truncatedTo(ChronoUnit.SECONDS);
        if (!MEDIA_TYPE.matcher(mediaType).matches()) {
            throw new IllegalArgumentException("mediaType must match " + MEDIA_TYPE + ", was '" + mediaType + "'");
        }
        if (method == Method.GET ? maxBytes != 0 || !mediaType.isEmpty() : maxBytes < 1) {
            throw new IllegalArgumentException("A link for " + method + " can't have maxBytes " + maxBytes
                    + " and the media type '" + mediaType + "'");
        }
    }

    /** For reading an artifact. */
    public static LinkGrant get(ArtifactKey key, Instant expiresAt) {
        return new LinkGrant(Method.GET, key, expiresAt, "", 0);
    }

    /** For writing an artifact once, of any type. */
    public static LinkGrant put(ArtifactKey key, Instant expiresAt, long maxBytes) {
        return new LinkGrant(Method.PUT, key, expiresAt, "", maxBytes);
    }

    /** For writing content of this type only. */
    public LinkGrant withMediaType(String mediaType) {
        return new LinkGrant(method, key, expiresAt, mediaType, maxBytes);
    }
}
