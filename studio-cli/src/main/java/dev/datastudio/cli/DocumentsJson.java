package dev.datastudio.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.rag.answer.Citation;
import dev.datastudio.rag.answer.DocumentAnswer;
import dev.datastudio.rag.answer.Evidence;
import dev.datastudio.rag.answer.Statement;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentPassage;
import dev.datastudio.rag.document.Ingestion;
import dev.datastudio.rag.document.Visibility;
import java.util.List;
import java.util.Locale;

/** Documents, passages and answers for programs. */
final class DocumentsJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DocumentsJson() {}

    /** An object for each file, in their order. */
    static String added(List<Added> all) {
        ArrayNode array = MAPPER.createArrayNode();
        for (Added each : all) {
            ObjectNode node = array.addObject().put("file", each.file()).put("known", each.isKnown());
            if (each.document() != null) {
                node.setAll(node(each.document()));
            }
            if (each.error() != null) {
                node.put("state", "error")
                        .putObject("failure")
                        .put("reason", each.error().code().name())
                        .put("message", each.error().what())
                        .put("mend", each.error().mend());
            }
        }
        return write(array);
    }

    static String documents(List<Document> documents) {
        ArrayNode array = MAPPER.createArrayNode();
        documents.forEach(document -> array.add(node(document)));
        return write(array);
    }

    static String deleted(Document document) {
        return write(MAPPER.createObjectNode().put("deleted", document.id()).put("name", document.name()));
    }

    private static ObjectNode node(Document document) {
        Ingestion ingestion = document.ingestion();
        ObjectNode node = MAPPER.createObjectNode()
                .put("id", document.id())
                .put("name", document.name())
                .put("user", document.user())
                .put("shared", document.visibility() == Visibility.TENANT)
                .put("state", word(ingestion.state()))
                .put("stage", word(ingestion.stage()))
                .put("attempt", ingestion.attempt())
                .put("changedAt", ingestion.changedAt().toString())
                .put("addedAt", document.addedAt().toString());
        ingestion
                .failure()
                .ifPresent(failure -> node.putObject("failure")
                        .put("reason", failure.reason())
                        .put("message", failure.message())
                        .put("mend", failure.mend())
                        .put("passing", failure.isPassing()));
        document.current().ifPresent(version -> {
            ObjectNode current = node.putObject("version")
                    .put("id", version.id())
                    .put("sha256", version.sha256())
                    .put("bytes", version.bytes())
                    .put("mediaType", version.mediaType())
                    .put("title", version.title())
                    .put("language", version.language())
                    .put("pages", version.pages())
                    .put("characters", version.characters())
                    .put("passages", version.passages())
                    .put("publishedAt", version.publishedAt().toString());
            version.warnings().forEach(current.putArray("warnings")::add);
        });
        return node;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static String found(String words, List<Evidence> found) {
        ObjectNode node = MAPPER.createObjectNode().put("query", words);
        node.set("passages", evidence(found));
        return write(node);
    }

    private static ArrayNode evidence(List<Evidence> found) {
        ArrayNode array = MAPPER.createArrayNode();
        for (Evidence each : found) {
            ObjectNode node = place(each.passage())
                    .put("context", each.passage().context())
                    .put("from", each.passage().from())
                    .put("to", each.passage().to())
                    .put("language", each.passage().language())
                    .put("score", each.score());
            ObjectNode scores = node.putObject("scores");
            each.scores().forEach((retriever, score) -> scores.put(word(retriever), score));
            node.put("text", each.passage().text());
            ArrayNode highlights = node.putArray("highlights");
            each.highlights()
                    .forEach(mark -> highlights.addArray().add(mark.from()).add(mark.to()));
            array.add(node);
        }
        return array;
    }

    private static ObjectNode place(DocumentPassage passage) {
        return MAPPER.createObjectNode()
                .put("document", passage.key().version().document())
                .put("version", passage.key().version().version())
                .put("passage", passage.key().ordinal())
                .put("name", passage.name())
                .put("pageFrom", passage.pageFrom())
                .put("pageTo", passage.pageTo());
    }

    static String answer(DocumentAnswer answer) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("status", word(answer.status()))
                .put("method", word(answer.method()))
                .put("question", answer.question())
                .put("text", answer.text());
        ArrayNode statements = node.putArray("statements");
        for (Statement statement : answer.statements()) {
            ObjectNode one = statements.addObject().put("text", statement.text());
            ArrayNode citations = one.putArray("citations");
            for (Citation citation : statement.citations()) {
                citations.add(place(citation.passage())
                        .put("page", citation.page())
                        .put("from", citation.from())
                        .put("to", citation.to())
                        .put("quote", citation.quote()));
            }
        }
        node.set("evidence", evidence(answer.evidence()));
        node.put("droppedCitations", answer.droppedCitations()).put("tokens", answer.tokens());
        answer.warnings().forEach(node.putArray("warnings")::add);
        return write(node);
    }

    private static String write(Object node) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON could not be written", e);
        }
    }
}
