package dev.datastudio.app.question;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.link.LinkGrant;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Makes signed links that this application serves. Thread-safe. */
@Component("artifactLinks")
@EnableConfigurationProperties(LinkSettings.class)
public class FileLinks {
    private static final long MAX_BASES = 100;

    private final Studio studio;
    private final LinkSettings settings;

    /** Parsed once for each host that requests name. */
    private final Cache<Requested, URI> bases =
            Caffeine.newBuilder().maximumSize(MAX_BASES).build();

    FileLinks(Studio studio, LinkSettings settings) {
        this.studio = studio;
        this.settings = settings;
    }

    /** Where the links of this thread's request begin. */
    public URI base() {
        return settings.base()
                .orElseGet(() -> bases.get(
                        requested(),
                        any -> ServletUriComponentsBuilder.fromCurrentContextPath()
                                .build()
                                .toUri()));
    }

    private record Requested(String scheme, String host, int port, String path) {}

    private static Requested requested() {
        if (RequestContextHolder.currentRequestAttributes() instanceof ServletRequestAttributes current) {
            HttpServletRequest request = current.getRequest();
            return new Requested(
                    request.getScheme(), request.getServerName(), request.getServerPort(), request.getContextPath());
        }
        throw new IllegalStateException("Links are made on the thread of a request");
    }

    /** A link to read a file of the caller's. */
    public URI read(Caller caller, ArtifactKey key) {
        return studio.links().sign(base(), caller, LinkGrant.get(key, readable()));
    }

    /** A link to write a file of the caller's once. */
    URI write(Caller caller, ArtifactKey key, String mediaType) {
        Instant until = studio.clock().instant().plus(settings.uploadValidity());
        LinkGrant grant = LinkGrant.put(key, until, settings.maxUpload().toBytes());
        return studio.links().sign(base(), caller, grant.withMediaType(mediaType));
    }

    /** Until when a link that is made now can be read. */
    Instant readable() {
        return studio.clock().instant().plus(settings.validity());
    }

    /** The name of a file as clients know it: without the organisation, which they know. */
    public static String withoutTenant(Caller caller, String key) {
        String tenant = caller.tenant() + "/";
        return key.startsWith(tenant) ? key.substring(tenant.length()) : key;
    }
}
