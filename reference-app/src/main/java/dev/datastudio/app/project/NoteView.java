package dev.datastudio.app.project;

import dev.datastudio.core.project.Note;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody wrote down in a project.
 *
 * @param id names it
 * @param projectId the project
 * @param kind what it is
 * @param text Markdown of a person: show it without raw HTML
 * @param state whether a to-do is done
 * @param author who wrote it
 * @param itemId the item that it is about; null for the project as a whole
 * @param revision one more with each change
 * @param createdAt when it was written
 * @param updatedAt when it was last changed
 */
@Schema(name = "Note")
public record NoteView(
        String id,
        String projectId,

        @Schema(allowableValues = {"note", "finding", "todo", "decision"})
        String kind,

        String text,
        @Schema(allowableValues = {"open", "done"}) String state,
        String author,
        Optional<String> itemId,
        long revision,
        Instant createdAt,
        Instant updatedAt) {
    static NoteView of(Note note) {
        return new NoteView(
                note.id(),
                note.project(),
                Kinds.name(note.kind()),
                note.text(),
                Kinds.name(note.state()),
                note.author(),
                Optional.of(note.item()).filter(item -> !item.isEmpty()),
                note.revision(),
                note.createdAt(),
                note.changedAt());
    }
}
