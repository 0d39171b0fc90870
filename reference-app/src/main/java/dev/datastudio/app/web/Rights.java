package dev.datastudio.app.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Scopes that a route needs only for some requests, beside the one that it always {@link Needs}. */
public final class Rights {
    private Rights() {}

    /**
     * Does nothing when a request has a scope.
     *
     * @throws RefusedException 403 that names the scope, when it has not
     */
    public static void require(SignedIn person, String scope) {
        if (!person.may(scope)) {
            throw new ResponseStatusException(
                    HttpStatus.FORBIDDEN, "This needs the scope '" + scope + "', which you don't have");
        }
    }
}
