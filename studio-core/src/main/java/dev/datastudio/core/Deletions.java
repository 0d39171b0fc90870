package dev.datastudio.core;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.conversation.Conversation;
import dev.datastudio.core.erasure.DeletionPart;
import java.util.List;
import java.util.ServiceLoader;

/** What the modules on the class path made of things that are deleted alone. Immutable; thread-safe. */
final class Deletions {
    private final List<DeletionPart> parts;

    private Deletions(List<DeletionPart> parts) {
        this.parts = parts;
    }

    static Deletions found() {
        return new Deletions(ServiceLoader.load(DeletionPart.class, Deletions.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** @throws StudioException what the storage fails with; {@code CANCELLED} when the thread is interrupted */
    void gone(Studio studio, Dataset dataset) {
        for (DeletionPart part : parts) {
            try {
                part.dataset(studio, dataset);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StudioException(
                        ErrorCode.CANCELLED,
                        "Data set " + StudioException.quote(dataset.name())
                                + " is deleted, but not all that was made of it",
                        "Delete the runs of the graphs that read it",
                        e);
            }
        }
    }

    void going(Studio studio, Caller owner, Conversation conversation) {
        parts.forEach(part -> part.conversation(studio, owner, conversation));
    }
}
