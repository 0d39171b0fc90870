package dev.datastudio.app.web;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Answers a POST that is sent again with the same {@code Idempotency-Key} by what the first one was answered, so that a
 * client that lost an answer can ask for it without doing things twice. Keys are of one person and forgotten after a
 * day. Only successes are kept: a request that failed may be sent again. Answers that show a secret once are not kept.
 */
@Component
@Order(10)
public class IdempotencyFilter extends OnceFilter {
    private static final String HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{8,100}");
    /** Below these, answers hold secrets or cookies, which are kept nowhere. */
    private static final List<String> SHOWN_ONCE =
            List.of("/api/v1/auth/", "/api/v1/tokens", "/api/v1/invitations", "/api/v1/members/");

    private static final int MAX_BODY = 1_000_000;

    private final Studio studio;
    private final HandlerExceptionResolver handlerExceptionResolver;

    IdempotencyFilter(Studio studio, HandlerExceptionResolver handlerExceptionResolver) {
        this.studio = studio;
        this.handlerExceptionResolver = handlerExceptionResolver;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || request.getHeader(HEADER) == null
                || SHOWN_ONCE.stream().anyMatch(request.getRequestURI()::startsWith);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<SignedIn> person = Requester.signedIn();
        if (person.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        try {
            answer(person.get().caller(), request, response, chain);
        } catch (StudioException e) {
            handlerExceptionResolver.resolveException(request, response, null, e);
        }
    }

    private void answer(Caller caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = request.getHeader(HEADER);
        if (!KEY.matcher(key).matches()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    HEADER + " must be 8 to 100 letters, digits, '-' or '_', was " + StudioException.quote(key),
                    "Send a new UUID with each new request");
        }
        HttpServletRequest readable = KeptBody.isSmallJson(request, MAX_BODY) ? new KeptBody(request) : request;
        KeptAnswers answers = new KeptAnswers(studio.metadata(), studio.clock());
        Optional<KeptAnswers.Answer> kept = answers.claim(caller, key, KeptBody.fingerprint(readable));
        if (kept.isPresent()) {
            replay(kept.get(), response);
            return;
        }
        CopiedAnswer copy = new CopiedAnswer(response, MAX_BODY);
        boolean finished = false;
        try {
            chain.doFilter(readable, copy);
            finished = copy.getStatus() < 300;
        } finally {
            if (finished) {
                if (readable.isAsyncStarted()) {
                    answers.begun(caller, key);
                    settleLater(answers, caller, key, copy, readable.getAsyncContext());
                } else {
                    settle(answers, caller, key, copy);
                }
            } else {
                answers.forget(caller, key);
            }
        }
    }

    /** What is answered when the thread of the request has gone is kept when it is there. */
    private static void settleLater(
            KeptAnswers answers, Caller caller, String key, CopiedAnswer copy, AsyncContext context) {
        context.addListener(new AsyncListener() {
            @Override
            public void onComplete(AsyncEvent event) {
                if (copy.getStatus() < 300) {
                    settle(answers, caller, key, copy);
                } else {
                    answers.forget(caller, key);
                }
            }

            @Override
            public void onTimeout(AsyncEvent event) {
                // It is completed after that.
            }

            @Override
            public void onError(AsyncEvent event) {
                // It is completed after that.
            }

            @Override
            public void onStartAsync(AsyncEvent event) {
                event.getAsyncContext().addListener(this);
            }
        });
    }

    /** An answer that streams, or is too long, can't be kept; but it was begun, so it is not begun again. */
    private static void settle(KeptAnswers answers, Caller caller, String key, CopiedAnswer copy) {
        Optional<String> text = copy.text();
        if (text.isEmpty()) {
            answers.begun(caller, key);
            return;
        }
        answers.keep(
                caller,
                key,
                new KeptAnswers.Answer(
                        copy.getStatus(),
                        Optional.ofNullable(copy.getContentType()).orElse(""),
                        Optional.ofNullable(copy.getHeader(HttpHeaders.LOCATION))
                                .orElse(""),
                        Optional.ofNullable(copy.getHeader(HttpHeaders.ETAG)).orElse(""),
                        text.get()));
    }

    private static void replay(KeptAnswers.Answer kept, HttpServletResponse response) throws IOException {
        response.setStatus(kept.status());
        response.setHeader("Idempotency-Replayed", "true");
        if (!kept.type().isEmpty()) {
            response.setContentType(kept.type());
        }
        if (!kept.location().isEmpty()) {
            response.setHeader(HttpHeaders.LOCATION, kept.location());
        }
        if (!kept.etag().isEmpty()) {
            response.setHeader(HttpHeaders.ETAG, kept.etag());
        }
        response.getOutputStream().write(kept.body().getBytes(StandardCharsets.UTF_8));
    }
}
