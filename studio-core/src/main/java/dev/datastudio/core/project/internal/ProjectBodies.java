package dev.datastudio.core.project.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.project.Note;
import dev.datastudio.core.project.Project;
import dev.datastudio.core.project.Project.Item;
import dev.datastudio.core.project.ProjectTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Projects, notes and templates as JSON. */
public final class ProjectBodies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProjectBodies() {}

    public static Map<String, String> attributes(Project project) {
        return Map.of(
                "status", project.status().name(), "owner", project.owner().user());
    }

    public static String write(Project project) {
        ObjectNode json = JSON.createObjectNode()
                .put("owner", project.owner().user())
                .put("name", project.name())
                .put("goal", project.goal())
                .put("status", project.status().name())
                .put("method", project.method())
                .put("findings", project.findings());
        write(json.putArray("items"), project.items());
        return json.toString();
    }

    private static void write(ArrayNode array, List<Item> items) {
        for (Item item : items) {
            array.addObject()
                    .put("kind", item.kind().name())
                    .put("id", item.id())
                    .put("label", item.label())
                    .put("detail", item.detail());
        }
    }

    public static Project project(Entry entry, JsonNode json) {
        return new Project(
                entry.key().id(),
                new Caller(entry.key().tenant(), json.path("owner").asText()),
                json.path("name").asText(),
                json.path("goal").asText(),
                Project.Status.valueOf(json.path("status").asText()),
                json.path("method").asText(),
                json.path("findings").asText(),
                items(json.path("items")),
                entry.revision(),
                entry.createdAt(),
                entry.changedAt());
    }

    private static List<Item> items(JsonNode array) {
        List<Item> items = new ArrayList<>();
        for (JsonNode item : array) {
            items.add(new Item(
                    Item.Kind.valueOf(item.path("kind").asText()),
                    item.path("id").asText(),
                    item.path("label").asText(),
                    item.path("detail").asText()));
        }
        return items;
    }

    public static Map<String, String> attributes(Note note) {
        return Map.of(
                "project",
                note.project(),
                "kind",
                note.kind().name(),
                "state",
                note.state().name());
    }

    public static String write(Note note) {
        return JSON.createObjectNode()
                .put("project", note.project())
                .put("kind", note.kind().name())
                .put("text", note.text())
                .put("state", note.state().name())
                .put("author", note.author())
                .put("item", note.item())
                .toString();
    }

    public static Note note(Entry entry, JsonNode json) {
        return new Note(
                entry.key().id(),
                json.path("project").asText(),
                Note.Kind.valueOf(json.path("kind").asText()),
                json.path("text").asText(),
                Note.State.valueOf(json.path("state").asText()),
                json.path("author").asText(),
                json.path("item").asText(),
                entry.revision(),
                entry.createdAt(),
                entry.changedAt());
    }

    public static String write(ProjectTemplate template) {
        ObjectNode json = JSON.createObjectNode()
                .put("name", template.name())
                .put("goal", template.goal())
                .put("method", template.method())
                .put("project", template.project());
        ArrayNode parameters = json.putArray("parameters");
        for (ProjectTemplate.Parameter parameter : template.parameters()) {
            parameters
                    .addObject()
                    .put("name", parameter.name())
                    .put("kind", parameter.kind().name())
                    .put("label", parameter.label());
        }
        write(json.putArray("steps"), template.steps());
        template.toDos().forEach(json.putArray("toDos")::add);
        return json.toString();
    }

    public static ProjectTemplate template(Entry entry, JsonNode json) {
        List<ProjectTemplate.Parameter> parameters = new ArrayList<>();
        for (JsonNode parameter : json.path("parameters")) {
            parameters.add(new ProjectTemplate.Parameter(
                    parameter.path("name").asText(),
                    Item.Kind.valueOf(parameter.path("kind").asText()),
                    parameter.path("label").asText()));
        }
        List<String> toDos = new ArrayList<>();
        json.path("toDos").forEach(toDo -> toDos.add(toDo.asText()));
        return new ProjectTemplate(
                entry.key().id(),
                json.path("name").asText(),
                json.path("goal").asText(),
                json.path("method").asText(),
                parameters,
                items(json.path("steps")),
                toDos,
                json.path("project").asText(),
                entry.createdAt());
    }
}
