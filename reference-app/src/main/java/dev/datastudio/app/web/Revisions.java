package dev.datastudio.app.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.server.ResponseStatusException;

/** Revisions of things that people edit, as ETags: so that nobody overwrites another's work unseen. */
public final class Revisions {
    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

    private Revisions() {}

    /** Answers with something and its revision as {@code ETag}. */
    public static <T> ResponseEntity<T> answer(T body, long revision) {
        return ResponseEntity.ok().eTag(etag(revision)).body(body);
    }

    /** As {@link #answer}, of something that was just made: 201. */
    public static <T> ResponseEntity<T> created(T body, long revision) {
        return ResponseEntity.status(HttpStatus.CREATED).eTag(etag(revision)).body(body);
    }

    /** The ETag of a revision. */
    public static String etag(long revision) {
        return "\"" + revision + "\"";
    }

    /**
     * The revision that a change is made to.
     *
     * @param ifMatch the header {@code If-Match}; empty when it is not there
     * @throws ResponseStatusException 428 when it is not there, 400 when it is no revision
     */
    public static long required(String ifMatch) {
        if (ifMatch.isBlank()) {
            throw new ResponseStatusException(
                    HttpStatus.PRECONDITION_REQUIRED,
                    "The change names no revision; send the ETag that you saw as If-Match");
        }
        Matcher etag = ETAG.matcher(ifMatch.strip());
        if (!etag.matches()) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "If-Match is no revision; send the ETag that you saw, such as \"3\"");
        }
        return Long.parseLong(etag.group(1));
    }
}
