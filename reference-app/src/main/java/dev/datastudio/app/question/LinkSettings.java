package dev.datastudio.app.question;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How files go up and down.
 *
 * @param base where this application is reached from outside, scheme, host and port; as the request says unless told
 * @param validity how long a link to a file of an answer works
 * @param uploadValidity how long a link for sending a file works
 * @param maxUpload how large a file may be
 * @param allowedOrigins whose pages may use links from their scripts, such as {@code https://app.example.org}
 */
@ConfigurationProperties("studio.links")
public record LinkSettings(
        Optional<URI> base,
        @DefaultValue("1h") Duration validity,
        @DefaultValue("1h") Duration uploadValidity,
        @DefaultValue("2GB") DataSize maxUpload,
        @DefaultValue Set<String> allowedOrigins) {
    /** How long a link that was made before is given out again: while most of its life remains. */
    Duration reusable() {
        return validity.dividedBy(3);
    }
}
