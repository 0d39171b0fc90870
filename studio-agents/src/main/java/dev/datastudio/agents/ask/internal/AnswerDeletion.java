package dev.datastudio.agents.ask.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.artifact.ArtifactPaths;
import dev.datastudio.core.conversation.Conversation;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.core.erasure.DeletionPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has a conversation that is deleted take with it what data sets say of its questions: the manifest of the answer that was
 * computed last, where it was given there. Files of the answer, which hold data and no words of the conversation, stay.
 * Thread-safe.
 */
public final class AnswerDeletion implements DeletionPart {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PAGE = 50;

    @Override
    public void conversation(Studio studio, Caller owner, Conversation going) {
        if (going.messages() == 0) {
            return;
        }
        List<Kept> manifests = manifests(studio, owner);
        Conversations conversations = Conversations.of(studio.metadata(), owner);
        for (long from = 1; from <= going.messages() && !manifests.isEmpty(); from += PAGE) {
            List<Message> some = conversations.messages(going.id(), from, PAGE);
            manifests.removeIf(manifest -> {
                boolean isSaid =
                        some.stream().anyMatch(message -> message.detail().contains(manifest.answer()));
                if (isSaid) {
                    studio.artifacts().delete(manifest.key());
                }
                return isSaid;
            });
        }
    }

    private record Kept(ArtifactKey key, String answer) {}

    private static List<Kept> manifests(Studio studio, Caller owner) {
        List<Kept> manifests = new ArrayList<>();
        for (Dataset dataset : studio.as(owner).datasets().list()) {
            ArtifactKey key = ArtifactPaths.of(dataset).manifest();
            answer(studio, key).ifPresent(answer -> manifests.add(new Kept(key, answer)));
        }
        return manifests;
    }

    /** The id of the answer of a manifest. */
    private static Optional<String> answer(Studio studio, ArtifactKey manifest) {
        if (studio.artifacts().find(manifest).isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = studio.artifacts().open(manifest)) {
            return Optional.of(JSON.readTree(in).path("id").asText()).filter(id -> !id.isEmpty());
        } catch (JsonProcessingException e) {
            return Optional.empty(); // somebody else's file: nothing of a conversation
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_FAILED,
                    "The manifest of an answer could not be read: " + manifest.value(),
                    "Look at the storage of artifacts, then delete the conversation again",
                    e);
        }
    }
}
