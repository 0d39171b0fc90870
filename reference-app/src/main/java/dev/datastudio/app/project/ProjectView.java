package dev.datastudio.app.project;

import dev.datastudio.core.project.Project;
import dev.datastudio.core.project.Project.Item;
import dev.datastudio.core.project.Project.Status;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * What people of the organisation work at.
 *
 * @param id names it
 * @param name what people call it
 * @param goal what is to be found out
 * @param status whether it goes on
 * @param method how it was done; empty until it is archived
 * @param findings what came out; empty until it is archived
 * @param items what belongs to it
 * @param revision one more with each change
 * @param createdAt when it was begun
 * @param updatedAt when it was last changed
 */
@Schema(name = "Project")
public record ProjectView(
        String id,
        String name,
        String goal,
        @Schema(allowableValues = {"active", "archived"}) String status,
        String method,
        String findings,
        List<ItemView> items,
        long revision,
        Instant createdAt,
        Instant updatedAt) {
    /**
     * Something that belongs to a project.
     *
     * @param kind what it is
     * @param id names it among its kind
     * @param label what people call it
     */
    @Schema(name = "ProjectItem")
    public record ItemView(String kind, String id, String label) {
        static ItemView of(Item item) {
            return new ItemView(Kinds.name(item.kind()), item.id(), item.label());
        }
    }

    static ProjectView of(Project project) {
        return new ProjectView(
                project.id(),
                project.name(),
                project.goal(),
                project.status() == Status.ACTIVE ? "active" : "archived",
                project.method(),
                project.findings(),
                project.items().stream().map(ItemView::of).toList(),
                project.revision(),
                project.createdAt(),
                project.changedAt());
    }
}
