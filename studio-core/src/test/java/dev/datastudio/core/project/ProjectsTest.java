package dev.datastudio.core.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.project.Project.Item;
import dev.datastudio.core.project.Project.Item.Kind;
import dev.datastudio.core.project.Project.Status;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Rows A16, A17. */
class ProjectsTest {
    private final Studio studio = Studio.inMemory();
    private final Projects projects = studio.projects();

    @AfterEach
    void close() {
        studio.close();
    }

    private static ErrorCode code(Executable work) {
        return assertThrows(StudioException.class, work).code();
    }

    @Test
    void keepsWhatBelongsTogether() {
        Project project = projects.create("Returns", "Why do people send things back?");
        projects.add(project.id(), Item.of(Kind.DATASET, "d1", "orders.csv"));
        projects.add(project.id(), Item.of(Kind.DATASET, "d2", "returns.csv"));
        projects.add(project.id(), Item.of(Kind.DATASET, "d1", "orders 2026.csv"));
        projects.remove(project.id(), Kind.DATASET, "d2");

        Project kept = projects.get(project.id());

        assertEquals(List.of(Item.of(Kind.DATASET, "d1", "orders 2026.csv")), kept.items());
        assertEquals("Why do people send things back?", kept.goal());
        assertEquals(List.of(kept), projects.list(Status.ACTIVE));
    }

    @Test
    void refusesToOverwriteAChangeThatWasNotSeen() {
        Project seen = projects.create("A", "");
        projects.update(seen.id(), seen.revision(), "B", "");

        assertEquals(ErrorCode.ENTRY_CONFLICT, code(() -> projects.update(seen.id(), seen.revision(), "C", "")));
        assertEquals("B", projects.get(seen.id()).name());
    }

    @Test
    void losesNoItemWhenManyAddAtOnce() throws Exception {
        Project project = projects.create("A", "");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Project>> added = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(
                            () -> projects.add(project.id(), Item.of(Kind.DOCUMENT, "d" + i, "doc " + i))))
                    .toList();
            for (Future<Project> each : added) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertEquals(20, projects.get(project.id()).items().size());
    }

    @Test
    void sumsAProjectUp() {
        Project project = projects.create("Returns", "Why?");
        projects.add(project.id(), Item.of(Kind.DATASET, "d1", "orders.csv"));
        projects.add(project.id(), Item.of(Kind.ANALYSIS, "a1", "returns by region"));
        projects.write(project.id(), Note.Kind.FINDING, "The North returns\ntwice as much.", "a1");
        projects.write(project.id(), Note.Kind.DECISION, "Leave out January.", "");
        Note toDo = projects.write(project.id(), Note.Kind.TODO, "Ask logistics.", "");
        projects.write(project.id(), Note.Kind.TODO, "Check sizes.", "");
        projects.update(toDo.id(), toDo.revision(), toDo.text(), Note.State.DONE);

        assertEquals("""
                # Returns

                Why?

                Active: 1 data set, 1 analysis, 1 finding, 1 decision, 1 open to-do.

                ## Data sets

                - orders.csv

                ## Analyses

                - returns by region

                ## Findings

                - The North returns twice as much.

                ## Decisions

                - Leave out January.

                ## To do

                - Check sizes.

                ## Done

                - Ask logistics.
                """, projects.summary(project.id()));
    }

    @Test
    void anArchivedProjectKeepsMethodAndFindingsAndDoesNotChange() {
        Project project = projects.create("Returns", "");
        projects.write(project.id(), Note.Kind.FINDING, "Twice as much.", "");

        Project archived = projects.archive(project.id(), "Compared rates.", "");

        assertEquals(Status.ARCHIVED, archived.status());
        assertEquals("Twice as much.", archived.findings());
        assertEquals(List.of(), projects.list(Status.ACTIVE));
        assertEquals(List.of(archived), projects.list(Status.ARCHIVED));
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> projects.write(project.id(), Note.Kind.NOTE, "late", "")));
        assertEquals(
                ErrorCode.INVALID_ARGUMENT, code(() -> projects.add(project.id(), Item.of(Kind.DATASET, "d", "d"))));
        assertEquals(Status.ACTIVE, projects.reopen(project.id()).status());
    }

    @Test
    void startsAgainFromATemplateWithOtherData() {
        Project project = projects.create("Returns 2025", "Why?");
        projects.add(project.id(), Item.of(Kind.DATASET, "d1", "orders.csv"));
        projects.add(
                project.id(),
                new Item(Kind.ANALYSIS, "a1", "by region", "{\"question\":\"rate by region\",\"datasets\":[\"d1\"]}"));
        projects.write(project.id(), Note.Kind.TODO, "Check sizes.", "");
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> projects.template(project.id(), "Returns")));
        projects.archive(project.id(), "Compared rates.", "Twice as much.");

        ProjectTemplate template = projects.template(project.id(), "Returns");
        Project again = projects.start(
                template.id(), "Returns 2026", Map.of("dataset1", Item.of(Kind.DATASET, "d9", "orders 2026.csv")));

        assertEquals(List.of(template), projects.templates());
        assertEquals("Compared rates.", template.method());
        assertEquals("Why?", again.goal());
        assertEquals(
                List.of("orders 2026.csv", "by region"),
                again.items().stream().map(Item::label).toList());
        assertEquals(
                "{\"question\":\"rate by region\",\"datasets\":[\"d9\"]}",
                again.items().get(1).detail());
        assertEquals(
                List.of("Check sizes."),
                projects.notes(again.id()).stream().map(Note::text).toList());
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> projects.start(template.id(), "x", Map.of())));
        assertEquals(
                ErrorCode.INVALID_ARGUMENT,
                code(() -> projects.start(template.id(), "x", Map.of("dataset1", Item.of(Kind.DOCUMENT, "x", "x")))));
    }

    @Test
    void membersOfATenantShareAndOthersSeeNothing() {
        Project project = projects.create("A", "");
        Note note = projects.write(project.id(), Note.Kind.NOTE, "n", "");
        Projects colleague = Projects.of(studio.metadata(), new Caller("local", "bob"));
        Projects stranger = Projects.of(studio.metadata(), new Caller("other", "local"));

        assertEquals("A", colleague.get(project.id()).name());
        assertEquals(ErrorCode.PROJECT_NOT_FOUND, code(() -> stranger.get(project.id())));
        assertEquals(ErrorCode.PROJECT_NOT_FOUND, code(() -> stranger.notes(project.id())));
        assertEquals(ErrorCode.PROJECT_NOT_FOUND, code(() -> stranger.delete(project.id())));
        assertEquals(ErrorCode.ENTRY_NOT_FOUND, code(() -> stranger.deleteNote(note.id())));
        assertEquals(List.of(), stranger.list(Status.ACTIVE));
    }

    @Test
    void aDeletedProjectTakesItsNotesAlong() {
        Project project = projects.create("A", "");
        projects.write(project.id(), Note.Kind.NOTE, "n", "");

        projects.delete(project.id());

        assertEquals(ErrorCode.PROJECT_NOT_FOUND, code(() -> projects.get(project.id())));
        assertEquals(0, studio.metadata().count(dev.datastudio.api.metadata.EntryQuery.of("local", "project-note")));
    }

    @Test
    void namesAndTextsHaveLimits() {
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> projects.create(" ", "")));
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> projects.create("x".repeat(201), "")));
        assertTrue(projects.create("  x ", "").name().equals("x"));
        assertEquals(ErrorCode.PROJECT_NOT_FOUND, code(() -> projects.get("no such\nid")));
    }
}
