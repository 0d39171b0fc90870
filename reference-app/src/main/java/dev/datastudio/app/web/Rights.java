package dev.datastudio.app.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Scopes that a route needs only for some requests, beside the one that it always {@link Needs}. */
public final class Rights {
    private Rights() {}

    /** @throws ResponseStatusException 403 that names the scope, when the request does not have it */
    public static void require(SignedIn person, String scope) {
        if (!person.may(scope)) {
            throw new ResponseStatusException(
                    HttpStatus.FORBIDDEN, "This needs the scope '" + scope + "', which you don't have");
        }
    }
}
