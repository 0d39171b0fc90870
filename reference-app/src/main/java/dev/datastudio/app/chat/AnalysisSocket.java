package dev.datastudio.app.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.agents.ask.ActivePlanning;
import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.Sockets;
import dev.datastudio.app.question.PublishedAnswers;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.app.web.SignedIn;
import dev.datastudio.app.web.SocketStream;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.usage.TenantSlots;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.TaskExecutor;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Questions about data over a WebSocket: {@code /ws/analysis/SESSION?after=SEQUENCE}, where the client makes up the id of
 * the session, a UUID of its own. It sends {@code {"type":"ask","question","datasetIds"|"sourceId","model"?}} and {@code
 * {"type":"stop"}}; a question may change the answer before it. What a session holds is its person's alone, and forgotten ten
 * minutes after its last question.
 */
final class AnalysisSocket extends TextWebSocketHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AnalysisSocket.class);
    private static final String OPEN = AnalysisSocket.class.getName();
    private static final int MAX_SESSIONS = 1_000;
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Studio studio;
    private final PublishedAnswers published;
    private final TaskExecutor executor;
    private final TenantSlots slots;
    private final Cache<Place, AnalysisSession> sessions = Caffeine.newBuilder()
            .maximumSize(MAX_SESSIONS)
            .expireAfterAccess(KEPT)
            .build();

    AnalysisSocket(Studio studio, PublishedAnswers published, TaskExecutor executor, TenantSlots slots) {
        this.studio = studio;
        this.published = published;
        this.executor = executor;
        this.slots = slots;
    }

    private record Place(Caller caller, String id) {}

    private record Opened(SignedIn person, String id, AnalysisSession session, SocketStream socket, URI base) {}

    /** What a client sends. */
    private record Input(
            @Nullable String type,
            @Nullable String question,
            @Nullable List<UUID> datasetIds,
            @Nullable UUID sourceId,
            @Nullable String model) {}

    private record Connected(
            String type, @JsonProperty("session_id") String session, long sequence) {}

    private record Typing(String type, long sequence, boolean typing) {}

    private record Update(String type, long sequence, String stage, long done, long total) {}

    private record Said(
            String type,
            long sequence,
            String text,
            @JsonRawValue String answer,
            @JsonProperty("final") boolean isFinal) {}

    private record Failed(
            String type,
            long sequence,
            ErrorCode code,
            String what,
            String mend,
            @JsonProperty("final") boolean isFinal) {}

    private static final Failed UNKNOWN =
            new Failed("error", 0, ErrorCode.INTERNAL, "Studio failed to answer", "Try again", true);

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        SignedIn person = Sockets.signedIn(session);
        SocketStream socket = SocketStream.of(session);
        UriComponents uri = UriComponentsBuilder.fromUri(Objects.requireNonNull(session.getUri()))
                .build();
        List<String> segments = uri.getPathSegments();
        String id = segments.get(segments.size() - 1);
        String after = uri.getQueryParams().getFirst("after");
        if (!id.matches("[0-9a-fA-F-]{36}") || (after != null && !after.matches("\\d{1,18}"))) {
            socket.close(CloseStatus.BAD_DATA.withReason("The session must be a UUID, and 'after' a number"));
            return;
        }
        AnalysisSession shared = sessions.get(new Place(person.caller(), id), any -> new AnalysisSession());
        session.getAttributes().put(OPEN, new Opened(person, id, shared, socket, base(session.getUri())));
        String connected = JSON.writeValueAsString(new Connected("connection_established", id, 0));
        shared.open(socket, connected, after == null ? Long.MAX_VALUE : Long.parseLong(after));
    }

    private static URI base(URI socket) {
        String scheme = "wss".equals(socket.getScheme()) || "https".equals(socket.getScheme()) ? "https" : "http";
        return URI.create(scheme + "://" + socket.getAuthority());
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        if (!(session.getAttributes().get(OPEN) instanceof Opened opened)) {
            return; // it is being closed
        }
        try {
            carryOut(opened, JSON.readValue(message.getPayload(), Input.class));
        } catch (JacksonException e) {
            refuse(opened, ErrorCode.INVALID_ARGUMENT, "The message is no JSON that is known here", "Send an object");
        } catch (StudioException e) {
            refuse(opened, e.code(), e.what(), e.mend());
        }
    }

    /** Told to the one who asked only. */
    private static void refuse(Opened opened, ErrorCode code, String what, String mend) {
        opened.socket().send(JSON.writeValueAsString(new Failed("error", 0, code, what, mend, true)));
    }

    private void carryOut(Opened opened, Input input) {
        String type = input.type() == null ? "" : input.type();
        switch (type) {
            case "ask" -> ask(opened, input);
            case "stop" -> opened.session().stop();
            default ->
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "A message has no type " + StudioException.quote(type),
                        "Use ask or stop");
        }
    }

    private void ask(Opened opened, Input input) {
        if (input.question() == null || input.question().isBlank()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "There is no question", "Send what you want to know as 'question'");
        }
        if (input.sourceId() != null && !opened.person().may(Scopes.SOURCE_GET)) {
            throw new StudioException(
                    ErrorCode.SOURCE_NOT_FOUND,
                    "There is no source " + StudioException.quote(input.sourceId()) + " for you",
                    "Ask an administrator for the scope " + Scopes.SOURCE_GET);
        }
        AnalysisSession session = opened.session();
        TenantSlots.Slot slot = slots.enter(opened.person().caller().tenant());
        Cancellation cancellation;
        try {
            cancellation = session.begin();
        } catch (StudioException e) {
            slot.close();
            throw e;
        }
        session.tell(number -> JSON.writeValueAsString(new Typing("typing", number, true)));
        executor.execute(() -> {
            LongFunction<String> ending = said(UNKNOWN);
            try {
                ending = answered(opened, input, cancellation);
            } catch (RuntimeException e) {
                ending = said(failed(e));
            } finally {
                slot.close();
                session.end(ending);
            }
        });
    }

    private LongFunction<String> answered(Opened opened, Input input, Cancellation cancellation) {
        Answer answer = answer(opened, input, cancellation);
        opened.session().answered(answer);
        String json =
                new String(published.answer(opened.person().caller(), answer, opened.base()), StandardCharsets.UTF_8);
        return number -> JSON.writeValueAsString(new Said("message", number, answer.message(), json, true));
    }

    private static LongFunction<String> said(Failed failed) {
        return number ->
                JSON.writeValueAsString(new Failed("error", number, failed.code(), failed.what(), failed.mend(), true));
    }

    private Answer answer(Opened opened, Input input, Cancellation cancellation) {
        Caller caller = opened.person().caller();
        AnalysisSession session = opened.session();
        AskOptions plain = AskOptions.DEFAULT
                .withCancellation(cancellation)
                .withProgress(progress -> session.tell(number -> JSON.writeValueAsString(
                        new Update("analysis_update", number, progress.stage(), progress.done(), progress.total()))));
        AskOptions remembering = session.last().map(plain::withPrevious).orElse(plain);
        ActivePlanning planning = ActivePlanning.of(studio);
        AskOptions options = input.model() == null
                ? planning.applied(caller, remembering)
                : planning.applied(caller, input.model(), remembering);
        Analyst analyst = Analyst.of(studio).as(caller);
        String question = Objects.requireNonNull(input.question());
        if (input.sourceId() != null) {
            return analyst.ask(new SourceId(input.sourceId()), question, options);
        }
        List<UUID> ids = input.datasetIds() == null ? List.of() : input.datasetIds();
        List<Dataset> datasets = ids.stream()
                .map(id -> studio.as(caller).datasets().get(new DatasetId(id)))
                .toList();
        return analyst.ask(datasets, question, options);
    }

    private static Failed failed(RuntimeException e) {
        if (e instanceof StudioException known && known.code() != ErrorCode.INTERNAL) {
            return new Failed("error", 0, known.code(), known.what(), known.mend(), true);
        }
        LOG.error("A question could not be answered", e);
        return UNKNOWN;
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        if (session.getAttributes().remove(OPEN) instanceof Opened opened) {
            opened.session().close(opened.socket());
        }
    }
}
