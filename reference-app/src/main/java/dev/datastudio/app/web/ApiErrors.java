package dev.datastudio.app.web;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.ErrorType;
import dev.datastudio.api.error.StudioException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.fileupload.MultipartStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;

/** Answers every failure of a route with a {@link Problem}, never with a stack trace. */
@RestControllerAdvice
public class ApiErrors {
    private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);
    /** What would tell somebody who is not signed in which routes there are. */
    private static final Set<Integer> TELLING = Set.of(404, 405, 406, 415);

    /** What fails behind every route. Drivers say in their own words why, which are for whoever runs the program. */
    private static final Set<ErrorCode> STORAGE = Set.of(
            ErrorCode.STORAGE_FAILED,
            ErrorCode.STORAGE_FULL,
            ErrorCode.STORAGE_NOT_WRITABLE,
            ErrorCode.WORKSPACE_DAMAGED);

    private static final String OURS = "Try again; if it happens again, report the trace id";

    @ExceptionHandler
    ResponseEntity<Problem> studio(StudioException e, HttpServletRequest request) {
        if (e.code().type() == ErrorType.INTERNAL) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        }
        String what = e.what();
        String mend = e.mend();
        if (STORAGE.contains(e.code())) {
            LOG.warn("{} {} failed with its storage", request.getMethod(), request.getRequestURI(), e);
            if (Requester.signedIn().isEmpty()) {
                what = "Studio can't use its storage now";
                mend = OURS;
            }
        }
        ResponseEntity<Problem> answer = answer(status(e.code()), what, e.code().name(), mend, request);
        return e.retryAfter().map(wait -> after(wait, answer)).orElse(answer);
    }

    private static ResponseEntity<Problem> after(Duration wait, ResponseEntity<Problem> answer) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds))
                .body(answer.getBody());
    }

    /** The status that an error is answered with over HTTP, where it is more exact than its type's. */
    static int status(ErrorCode code) {
        return switch (code) {
            case ENTRY_CONFLICT, CONVERSATION_BUSY, THREAD_BUSY, RUN_SUPERSEDED -> 409;
            default -> code.type().httpStatus();
        };
    }

    @ExceptionHandler
    ResponseEntity<Problem> refused(RefusedException e, HttpServletRequest request) {
        ResponseEntity<Problem> answer = answer(e.status(), e.what(), e.code(), e.mend(), request);
        return e.retrySeconds()
                .map(seconds -> after(Duration.ofSeconds(seconds), answer))
                .orElse(answer);
    }

    @ExceptionHandler
    ResponseEntity<Problem> argument(IllegalArgumentException e, HttpServletRequest request) {
        LOG.debug("{} {} was refused", request.getMethod(), request.getRequestURI(), e);
        String what = e.getMessage() == null ? "The request can't be used" : e.getMessage();
        return answer(400, what, ErrorCode.INVALID_ARGUMENT.name(), "Change the value and send it again", request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
        String what = "The body of the request can't be read" + UnreadableBody.where(e.getMostSpecificCause());
        return answer(400, what, ErrorCode.INVALID_ARGUMENT.name(), "Send JSON as /api/docs describes it", request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> mismatch(MethodArgumentTypeMismatchException e, HttpServletRequest request) {
        // An id that is none is answered as one that is unknown.
        boolean isId = e.getRequiredType() == UUID.class;
        String what = "'" + e.getName() + "' can't be " + StudioException.quote(e.getValue());
        String code = isId ? ErrorCode.ENTRY_NOT_FOUND.name() : ErrorCode.INVALID_ARGUMENT.name();
        return answer(isId ? 404 : 400, what, code, "See /api/docs for what it may be", request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> invalid(MethodArgumentNotValidException e, HttpServletRequest request) {
        return answer(400, e.getMessage(), ErrorCode.INVALID_ARGUMENT.name(), "See /api/docs", request);
    }

    /** Whoever asked is gone: there is nobody to answer. */
    @ExceptionHandler({AsyncRequestNotUsableException.class, ClientAbortException.class})
    void gone(IOException e) {
        LOG.debug("The client left before its answer", e);
    }

    /** A file that is sent, which breaks off or is none. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Problem> parts(MultipartException e, HttpServletRequest request) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof ClientAbortException)) {
            cause = cause.getCause();
        }
        if (cause instanceof ClientAbortException) {
            LOG.debug("{} {}: the sender left in the middle", request.getMethod(), request.getRequestURI(), e);
            return null;
        }
        if (cause instanceof MultipartStream.MalformedStreamException) {
            return answer(
                    400,
                    "The body of the request is no form of parts",
                    ErrorCode.INVALID_ARGUMENT.name(),
                    "Send multipart/form-data that ends with its boundary",
                    request);
        }
        return other(e, request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> other(Exception e, HttpServletRequest request) {
        if (e instanceof ErrorResponse known) {
            HttpStatusCode status = known.getStatusCode();
            if (TELLING.contains(status.value()) && Requester.signedIn().isEmpty() && isApi(request)) {
                return refused(RefusedException.nobody(), request);
            }
            String detail = known.getBody().getDetail();
            return answer(
                    status.value(),
                    detail == null ? title(status.value()) : detail,
                    status.value() == 404 ? "ROUTE_NOT_FOUND" : "REQUEST_REFUSED",
                    "See /api/docs for the routes and what they take",
                    request);
        }
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return answer(500, "Studio failed to answer", ErrorCode.INTERNAL.name(), OURS, request);
    }

    private static boolean isApi(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/api/") || path.equals("/ask") || path.equals("/upload");
    }

    private static ResponseEntity<Problem> answer(
            int status, String detail, String code, String mend, HttpServletRequest request) {
        Problem problem = new Problem("about:blank", title(status), status, detail, code, mend, TraceId.of(request));
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static String title(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? "Client closed request" : known.getReasonPhrase();
    }
}
