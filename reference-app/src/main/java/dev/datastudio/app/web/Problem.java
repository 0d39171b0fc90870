package dev.datastudio.app.web;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What went wrong, as RFC 9457 writes it: the body of every answer with a status of 400 or more. Immutable.
 *
 * @param type {@code about:blank}: the code tells what kind of problem it is
 * @param title the status in words
 * @param status of the answer
 * @param detail what happened, with the value, for people
 * @param code what happened, for programs
 * @param mend what to do about it; may be empty
 * @param traceId names this one request in the log
 */
@Schema(name = "Problem")
public record Problem(String type, String title, int status, String detail, String code, String mend, String traceId) {
    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";
}
