package dev.datastudio.agents.reporter.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.core.model.internal.BadAnswerException;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON object that a model answers a step with: sent along as a schema where the model takes one, and checked in any
 * case. Immutable; each method gives a changed form.
 */
final class AnswerForm {
    /** The most items of a list. */
    private static final int MOST_ITEMS = 60;

    private final String name;
    private final Map<String, Field> fields;

    private AnswerForm(String name, Map<String, Field> fields) {
        this.name = name;
        this.fields = fields;
    }

    static AnswerForm of(String name) {
        return new AnswerForm(name, Map.of());
    }

    private AnswerForm with(String field, Field what) {
        Map<String, Field> more = new LinkedHashMap<>(fields);
        more.put(field, what);
        return new AnswerForm(name, more);
    }

    /** With a text that may be empty. */
    AnswerForm text(String field, int longest) {
        return with(field, new Field(Kind.TEXT, longest, List.of()));
    }

    /** With one of some words. */
    AnswerForm choice(String field, List<String> words) {
        return with(field, new Field(Kind.CHOICE, 0, List.copyOf(words)));
    }

    /** With a list of texts. */
    AnswerForm texts(String field, int longest) {
        return with(field, new Field(Kind.TEXTS, longest, List.of()));
    }

    /** As LangChain4j's models take it. */
    JsonSchema schema() {
        JsonObjectSchema.Builder object = JsonObjectSchema.builder();
        fields.forEach((field, what) -> object.addProperty(field, what.schema()));
        object.required(new ArrayList<>(fields.keySet())).additionalProperties(false);
        return JsonSchema.builder().name(name).rootElement(object.build()).build();
    }

    /**
     * Checks an answer.
     *
     * @throws BadAnswerException with what the model is told
     */
    Read read(JsonNode answer) {
        for (Map.Entry<String, JsonNode> given : answer.properties()) {
            if (!fields.containsKey(given.getKey())) {
                throw new BadAnswerException("there is no field '" + cut(given.getKey(), 40) + "', only "
                        + String.join(", ", fields.keySet()));
            }
        }
        fields.forEach((field, what) -> what.check(field, answer.path(field)));
        return new Read(answer);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    /** An answer of the form. */
    record Read(JsonNode json) {
        String text(String field) {
            return json.path(field).asText();
        }

        List<String> texts(String field) {
            List<String> all = new ArrayList<>();
            json.path(field).forEach(one -> all.add(one.asText()));
            return all;
        }
    }

    private enum Kind {
        TEXT,
        CHOICE,
        TEXTS
    }

    private record Field(Kind kind, int longest, List<String> words) {
        JsonSchemaElement schema() {
            return switch (kind) {
                case TEXT -> new JsonStringSchema();
                case CHOICE -> JsonEnumSchema.builder().enumValues(words).build();
                case TEXTS ->
                    JsonArraySchema.builder().items(new JsonStringSchema()).build();
            };
        }

        void check(String field, JsonNode value) {
            switch (kind) {
                case TEXT -> checkText(field, value);
                case CHOICE -> {
                    if (!value.isTextual() || !words.contains(value.asText())) {
                        throw BadAnswerException.field(field, "one of " + words, value);
                    }
                }
                case TEXTS -> {
                    if (!value.isArray() || value.size() > MOST_ITEMS) {
                        throw BadAnswerException.field(field, "a list of at most " + MOST_ITEMS + " texts", value);
                    }
                    value.forEach(one -> checkText(field, one));
                }
            }
        }

        private void checkText(String field, JsonNode value) {
            if (!value.isTextual()) {
                throw BadAnswerException.field(field, kind == Kind.TEXT ? "a text" : "a list of texts", value);
            }
            if (value.asText().length() > longest) {
                throw new BadAnswerException("'" + field + "' must have at most " + longest + " characters, had "
                        + value.asText().length());
            }
        }
    }
}
