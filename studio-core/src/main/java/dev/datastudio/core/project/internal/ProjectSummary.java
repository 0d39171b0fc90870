package dev.datastudio.core.project.internal;

import dev.datastudio.core.project.Note;
import dev.datastudio.core.project.Project;
import dev.datastudio.core.project.Project.Item;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A project in Markdown, from what is known of it. */
public final class ProjectSummary {
    private ProjectSummary() {}

    public static String of(Project project, List<Note> notes) {
        StringBuilder text = new StringBuilder("# " + line(project.name()) + "\n");
        if (!project.goal().isEmpty()) {
            text.append("\n").append(project.goal()).append("\n");
        }
        text.append("\n").append(counts(project, notes)).append("\n");
        for (Item.Kind kind : Item.Kind.values()) {
            section(text, title(kind), labels(project, kind));
        }
        section(text, "Findings", texts(notes, Note.Kind.FINDING));
        section(text, "Decisions", texts(notes, Note.Kind.DECISION));
        section(text, "To do", toDos(notes, Note.State.OPEN));
        section(text, "Done", toDos(notes, Note.State.DONE));
        section(text, "Notes", texts(notes, Note.Kind.NOTE));
        section(text, "Method", project.method().isEmpty() ? List.of() : List.of(project.method()));
        return text.toString();
    }

    /** The notes that are findings, a line each. */
    public static String findings(List<Note> notes) {
        return String.join("\n", texts(notes, Note.Kind.FINDING));
    }

    private static String counts(Project project, List<Note> notes) {
        long open = toDos(notes, Note.State.OPEN).size();
        return (project.status() == Project.Status.ARCHIVED ? "Archived" : "Active") + ": "
                + number(labels(project, Item.Kind.DATASET).size(), "data set") + ", "
                + number(labels(project, Item.Kind.ANALYSIS).size(), "analysis") + ", "
                + number(texts(notes, Note.Kind.FINDING).size(), "finding") + ", "
                + number(texts(notes, Note.Kind.DECISION).size(), "decision") + ", " + number(open, "open to-do") + ".";
    }

    private static String number(long count, String thing) {
        String plural = thing.endsWith("is") ? thing.substring(0, thing.length() - 2) + "es" : thing + "s";
        return count + " " + (count == 1 ? thing : plural);
    }

    private static List<String> labels(Project project, Item.Kind kind) {
        return project.items().stream()
                .filter(item -> item.kind() == kind)
                .map(Item::label)
                .toList();
    }

    private static List<String> texts(List<Note> notes, Note.Kind kind) {
        return notes.stream()
                .filter(note -> note.kind() == kind)
                .map(Note::text)
                .toList();
    }

    private static List<String> toDos(List<Note> notes, Note.State state) {
        return notes.stream()
                .filter(note -> note.kind() == Note.Kind.TODO && note.state() == state)
                .map(Note::text)
                .toList();
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append("\n## ").append(title).append("\n\n");
            text.append(lines.stream().map(line -> "- " + line(line)).collect(Collectors.joining("\n")));
            text.append("\n");
        }
    }

    private static String title(Item.Kind kind) {
        return switch (kind) {
            case DATASET -> "Data sets";
            case ANALYSIS -> "Analyses";
            default -> kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT) + "s";
        };
    }

    private static String line(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}
