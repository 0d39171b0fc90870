package dev.datastudio.core.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.error.StudioException;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link in its one spelling: the key as path, then the parts of the grant in this order. A key has no character that
 * URLs encode, so a '%' is never right, and what is spelled in another way is another, unsigned text.
 *
 * @param grant what it allows
 * @param epoch of the tenant's signing key
 * @param nonce what tells it from other links for the same
 * @param signature 43 characters of Base64 for URLs
 */
record LinkText(LinkGrant grant, long epoch, String nonce, String signature) {
    /** What paths begin with. */
    static final String PREFIX = "/files/";

    private static final int MAX_LENGTH = 1_000;
    private static final Pattern TEXT =
            Pattern.compile("/files/([A-Za-z0-9._/-]+)\\?method=(get|put)&expires=([0-9]{1,11})"
                    + "&type=([a-z0-9.+/-]*)&max=([0-9]{1,18})&epoch=([0-9]{1,18})&nonce=([A-Za-z0-9_-]{22})"
                    + "&signature=([A-Za-z0-9_-]{43})");

    /** Path and query as they stand in the URL. */
    String target() {
        return unsigned() + "&signature=" + signature;
    }

    /** What is signed, besides the tenant, who has a key of his own: everything before the signature. */
    byte[] signed() {
        return ("studio-link-1\n" + unsigned()).getBytes(UTF_8);
    }

    private String unsigned() {
        return PREFIX + grant.key() + "?method=" + grant.method().name().toLowerCase(Locale.ROOT) + "&expires="
                + grant.expiresAt().getEpochSecond() + "&type=" + grant.mediaType() + "&max=" + grant.maxBytes()
                + "&epoch=" + epoch + "&nonce=" + nonce;
    }

    LinkText withSignature(String signature) {
        return new LinkText(grant, epoch, nonce, signature);
    }

    /** Empty for what is no link in its one spelling. */
    static Optional<LinkText> parse(URI url) {
        String target = url.getRawPath() + "?" + url.getRawQuery();
        Matcher parts = TEXT.matcher(target);
        if (target.length() > MAX_LENGTH || !parts.matches()) {
            return Optional.empty();
        }
        try {
            LinkGrant grant = new LinkGrant(
                    LinkGrant.Method.valueOf(parts.group(2).toUpperCase(Locale.ROOT)),
                    new ArtifactKey(parts.group(1)),
                    Instant.ofEpochSecond(Long.parseLong(parts.group(3))),
                    parts.group(4),
                    Long.parseLong(parts.group(5)));
            LinkText link = new LinkText(grant, Long.parseLong(parts.group(6)), parts.group(7), parts.group(8));
            return link.target().equals(target) ? Optional.of(link) : Optional.empty();
        } catch (StudioException | IllegalArgumentException e) {
            return Optional.empty(); // no key, or parts that don't fit together: nothing that was ever signed
        }
    }

    /** Whose it is: the first part of a key names the tenant. */
    String tenant() {
        String key = grant.key().value();
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }
}
