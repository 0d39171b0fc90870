package dev.datastudio.app.chat;

import dev.datastudio.agents.chat.ChatTrace;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.StoredArtifact;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.core.conversation.Ratings;
import dev.datastudio.core.conversation.Ratings.Rating;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Messages as the API shows them: with their trace, their charts, and where their branches part. */
@Component
class Messages {
    private static final String FIGURE = ".plotly.json";
    private static final long MAX_FIGURE = 4_000_000;

    private final Studio studio;

    Messages(Studio studio) {
        this.studio = studio;
    }

    ChatMessage show(Caller caller, String conversation, long number) {
        Message message = conversations(caller).message(conversation, number);
        return show(caller, conversation, List.of(message)).get(0);
    }

    List<ChatMessage> show(Caller caller, String conversation, List<Message> messages) {
        Map<Long, Rating> ratings = Ratings.of(studio.metadata(), caller).of(conversation);
        return messages.stream()
                .map(message -> show(caller, conversation, message, Optional.ofNullable(ratings.get(message.number()))))
                .toList();
    }

    private Conversations conversations(Caller caller) {
        return Conversations.of(studio.metadata(), caller);
    }

    private ChatMessage show(Caller caller, String conversation, Message message, Optional<Rating> rating) {
        return new ChatMessage(
                message.number(),
                message.parent(),
                message.role().name().toLowerCase(Locale.ROOT),
                message.text(),
                detail(caller, ChatTrace.of(message)),
                conversations(caller).siblings(conversation, message.number()).stream()
                        .map(Message::number)
                        .toList(),
                rating.map(each -> each == Rating.GOOD ? "up" : "down"),
                message.at());
    }

    private ChatMessage.Detail detail(Caller caller, ChatTrace trace) {
        return new ChatMessage.Detail(
                trace.asked().map(ChatMessage.Asked::of),
                some(trace.status()),
                trace.agents().stream().findFirst(),
                trace.agents(),
                some(trace.by()),
                trace.why(),
                trace.tools().stream().map(ChatMessage.Tool::of).toList(),
                trace.asked().map(ChatTrace.Asked::sources).orElse(List.of()),
                charts(caller, trace.artifacts()),
                trace.statements(),
                trace.artifacts(),
                "[" + String.join(",", trace.answers()) + "]",
                trace.quotes().stream().map(ChatMessage.Quote::of).toList(),
                trace.figures().stream().map(ChatMessage.Figure::of).toList(),
                trace.isChecked(),
                trace.models(),
                trace.inputTokens() + trace.outputTokens(),
                trace.inputTokens(),
                trace.outputTokens(),
                trace.cost(),
                trace.millis(),
                trace.problem().map(ChatMessage.Failure::of));
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }

    private List<ChatMessage.Drawing> charts(Caller caller, List<String> artifacts) {
        List<ChatMessage.Drawing> charts = new ArrayList<>();
        for (String artifact : artifacts) {
            if (artifact.endsWith(FIGURE)) {
                ArtifactKey key = new ArtifactKey(artifact);
                figure(caller, key).ifPresent(json -> charts.add(new ChatMessage.Drawing(artifact, title(key), json)));
            }
        }
        return charts;
    }

    /** A figure that is still there; data sets take theirs with them. */
    private Optional<String> figure(Caller caller, ArtifactKey key) {
        Optional<StoredArtifact> stored =
                key.isOwnedBy(caller) ? studio.artifacts().find(key) : Optional.empty();
        if (stored.isEmpty() || stored.get().sizeBytes() > MAX_FIGURE) {
            return Optional.empty();
        }
        try (InputStream in = studio.artifacts().open(key)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("A figure could not be read", e);
        }
    }

    private static String title(ArtifactKey key) {
        String file = key.value().substring(key.value().lastIndexOf('/') + 1);
        return file.substring(0, file.length() - FIGURE.length()).replace('_', ' ');
    }
}
