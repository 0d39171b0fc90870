package dev.datastudio.core.project.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.project.Note;
import dev.datastudio.core.project.Project;
import dev.datastudio.core.project.Project.Item;
import dev.datastudio.core.project.ProjectTemplate;
import dev.datastudio.core.project.ProjectTemplate.Parameter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Takes the data out of a project, and puts other data in. */
public final class TemplateMaker {
    private static final Set<Item.Kind> DATA = Set.of(Item.Kind.DATASET, Item.Kind.SOURCE, Item.Kind.DOCUMENT);

    private TemplateMaker() {}

    /** The way of a project, with a parameter for each of its data. */
    public static ProjectTemplate template(Project project, List<Note> notes, String name) {
        Map<String, String> placeholders = new LinkedHashMap<>();
        List<Parameter> parameters = new ArrayList<>();
        for (Item item : project.items()) {
            if (DATA.contains(item.kind())) {
                String parameter = item.kind().name().toLowerCase(Locale.ROOT) + (parameters.size() + 1);
                parameters.add(new Parameter(parameter, item.kind(), item.label()));
                placeholders.put(item.id(), placeholder(parameter));
            }
        }
        List<Item> steps = project.items().stream()
                .filter(item -> !DATA.contains(item.kind()))
                .map(item -> new Item(item.kind(), item.id(), item.label(), replace(item.detail(), placeholders)))
                .toList();
        List<String> toDos = notes.stream()
                .filter(note -> note.kind() == Note.Kind.TODO)
                .map(Note::text)
                .toList();
        return new ProjectTemplate(
                UUID.randomUUID().toString(),
                name,
                project.goal(),
                project.method(),
                parameters,
                steps,
                toDos,
                project.id(),
                Instant.EPOCH);
    }

    /** The items of a project that is begun from a template. */
    public static List<Item> items(ProjectTemplate template, Map<String, Item> values) {
        Set<String> unknown = new HashSet<>(values.keySet());
        Map<String, String> ids = new LinkedHashMap<>();
        List<Item> items = new ArrayList<>();
        for (Parameter parameter : template.parameters()) {
            Item value = values.get(parameter.name());
            if (value == null || value.kind() != parameter.kind()) {
                throw invalid(
                        "The parameter " + StudioException.quote(parameter.name()) + " needs a "
                                + parameter.kind().name().toLowerCase(Locale.ROOT) + " in the place of "
                                + StudioException.quote(parameter.label()),
                        "Give one");
            }
            unknown.remove(parameter.name());
            ids.put(placeholder(parameter.name()), value.id());
            items.add(value);
        }
        if (!unknown.isEmpty()) {
            throw invalid(
                    "The template has no parameter " + StudioException.quote(unknown),
                    "Use " + template.parameters().stream().map(Parameter::name).toList());
        }
        for (Item step : template.steps()) {
            items.add(new Item(step.kind(), UUID.randomUUID().toString(), step.label(), replace(step.detail(), ids)));
        }
        return items;
    }

    private static String placeholder(String parameter) {
        return "${" + parameter + "}";
    }

    private static String replace(String text, Map<String, String> replacements) {
        String replaced = text;
        for (Map.Entry<String, String> each : replacements.entrySet()) {
            replaced = replaced.replace(each.getKey(), each.getValue());
        }
        return replaced;
    }

    private static StudioException invalid(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }
}
