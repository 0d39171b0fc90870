package dev.datastudio.agents.vocabulary.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.vocabulary.Meaning;
import dev.datastudio.agents.vocabulary.TaughtWord;
import dev.datastudio.agents.vocabulary.Teaching.Taught;
import dev.datastudio.agents.vocabulary.VerifiedQuestion;
import dev.datastudio.core.analysis.PlanJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What was taught as JSON and as text. */
public final class TaughtBodies {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TaughtBodies() {}

    /** One id for the same words of the same table. */
    public static String id(TaughtWord word) {
        return id("word\n" + word.table() + "\n" + word.words());
    }

    /** One id for the same question. */
    public static String id(VerifiedQuestion question) {
        return id("question\n" + question.question());
    }

    private static String id(String what) {
        return UUID.nameUUIDFromBytes(what.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** A word as JSON. */
    public static String write(TaughtWord word) {
        ObjectNode body = JSON.createObjectNode().put("words", word.words()).put("table", word.table());
        Meaning meaning = word.meaning();
        if (meaning instanceof Meaning.OfColumn column) {
            body.put("column", column.column());
        } else if (meaning instanceof Meaning.OfValues values) {
            ArrayNode array = body.put("column", values.column()).putArray("values");
            values.values().forEach(array::add);
        } else if (meaning instanceof Meaning.OfMeasure measure) {
            body.put("formula", measure.formula());
        } else {
            throw new AssertionError(meaning);
        }
        return body.toString();
    }

    /** A question as JSON. */
    public static String write(VerifiedQuestion question) {
        ObjectNode body = JSON.createObjectNode().put("question", question.question());
        body.set("plan", tree(PlanJson.write(question.plan())));
        return body.toString();
    }

    /** What an entry holds. */
    public static Taught read(String id, JsonNode body) {
        if (body.has("question")) {
            VerifiedQuestion question = new VerifiedQuestion(
                    body.path("question").asText(),
                    PlanJson.read(body.path("plan").toString()));
            return new Taught(id, Optional.empty(), Optional.of(question));
        }
        TaughtWord word = new TaughtWord(
                body.path("words").asText(), meaning(body), body.path("table").asText());
        return new Taught(id, Optional.of(word), Optional.empty());
    }

    private static Meaning meaning(JsonNode body) {
        if (body.has("formula")) {
            return new Meaning.OfMeasure(body.path("formula").asText());
        } else if (body.has("values")) {
            List<String> values = new ArrayList<>();
            body.path("values").forEach(v -> values.add(v.asText()));
            return new Meaning.OfValues(body.path("column").asText(), values);
        }
        return new Meaning.OfColumn(body.path("column").asText());
    }

    /** Entries as a list in JSON. */
    public static String export(List<Taught> all) {
        ArrayNode array = JSON.createArrayNode();
        for (Taught taught : all) {
            String body = taught.word()
                    .map(TaughtBodies::write)
                    .orElseGet(() -> write(taught.question().orElseThrow()));
            ((ObjectNode) array.add(tree(body)).get(array.size() - 1)).put("id", taught.id());
        }
        return array.toPrettyString();
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("it was written as JSON", e);
        }
    }

    /** A word on one line: {@code revenue = sum(price * quantity), in orders}. */
    public static String text(TaughtWord word) {
        Meaning meaning = word.meaning();
        String means;
        if (meaning instanceof Meaning.OfColumn column) {
            means = "column " + column.column();
        } else if (meaning instanceof Meaning.OfValues values) {
            means = values.column() + " is " + String.join(" or ", values.values());
        } else {
            means = ((Meaning.OfMeasure) meaning).formula();
        }
        return word.words() + " = " + means + (word.table().isEmpty() ? "" : ", in " + word.table());
    }
}
