package dev.datastudio.app.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Links to pages that take a secret; it stands behind the '#', which no server and no log is told. Immutable. */
final class Links {
    private static final String INVITATION = "/invitation";
    private static final String NEW_PASSWORD = "/new-password";

    private final Optional<URI> base;

    Links(IdentityProperties properties) {
        this.base = Optional.ofNullable(properties.baseUrl());
    }

    /** A link for the one who made the request, and who knows which server they use. */
    URI invitation(HttpServletRequest request, String secret) {
        return link(base(request), INVITATION, secret);
    }

    /** As {@link #invitation}. */
    URI newPassword(HttpServletRequest request, String secret) {
        return link(base(request), NEW_PASSWORD, secret);
    }

    /** A link for somebody else: whoever made the request must not say to which server it leads. */
    Optional<URI> newPasswordByMail(String secret) {
        return base.map(each -> link(each, NEW_PASSWORD, secret));
    }

    /** Where a provider of identities leads people back to; it has been told so, and leads nobody anywhere else. */
    URI callback(HttpServletRequest request, String provider) {
        return below(base(request), SessionCookies.AUTH_PATH + "/oidc/" + provider + "/callback");
    }

    private URI base(HttpServletRequest request) {
        return base.orElseGet(() -> ServletUriComponentsBuilder.fromContextPath(request)
                .replacePath("/")
                .build()
                .toUri());
    }

    private static URI link(URI base, String page, String secret) {
        return below(base, page + "#" + secret);
    }

    private static URI below(URI base, String path) {
        String start = base.toString();
        return URI.create((start.endsWith("/") ? start.substring(0, start.length() - 1) : start) + path);
    }
}
