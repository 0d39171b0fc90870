package dev.datastudio.agents.graph.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.core.document.DocumentReader;
import dev.datastudio.core.document.DocumentText;
import dev.datastudio.core.document.FoundPassage;
import dev.datastudio.core.text.internal.OutsideText;
import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Nodes that read documents. */
public final class DocumentNodes {
    private static final int DEFAULT_CHARACTERS = 100_000;
    private static final int DEFAULT_PASSAGES = 5;

    private DocumentNodes() {}

    /** All of them. */
    public static List<NodeType> all(Studio studio) {
        return List.of(document(studio), search(studio));
    }

    private static NodeType document(Studio studio) {
        return NodeType.define("document.input", 1)
                .title("Document input")
                .category("Input and output")
                .description("A document that the graph is given when it runs, by its id or its name; gives its text.")
                .role(NodeType.Role.INPUT)
                .config("""
                        {"type":"object","required":["name"],"additionalProperties":false,"properties":{
                          "name":{"type":"string","minLength":1,"maxLength":64},
                          "default":{"type":"string","maxLength":300,"format":"document-id",
                            "description":"id or name of the document that is used when none is given"},
                          "maxCharacters":{"type":"integer","minimum":1,"maximum":1000000,"default":100000,
                            "description":"how much of its text is read"}}}
                        """)
                .check(DocumentNodes::nameProblems)
                .outputs(
                        Port.required("document", PortType.TEXT),
                        Port.required("name", PortType.TEXT),
                        Port.required("text", PortType.TEXT),
                        Port.required("cut", PortType.BOOLEAN))
                .work(config -> (inputs, context) -> {
                    int most = config.has("maxCharacters") ? (int) config.number("maxCharacters") : DEFAULT_CHARACTERS;
                    DocumentText text = DocumentReader.load(studio)
                            .text(studio, context.caller(), given(config, inputs, "a document"), most);
                    return Values.of(Map.of(
                            "document",
                            text.id(),
                            "name",
                            text.name(),
                            "text",
                            OutsideText.layout(text.text()),
                            "cut",
                            text.extent() == DocumentText.Extent.BEGINNING));
                })
                .build();
    }

    private static NodeType search(Studio studio) {
        return NodeType.define("vector.search", 1)
                .title("Document search")
                .category("Documents")
                .description("Finds the passages of your documents that fit a question best, by words and by meaning.")
                .config("""
                        {"type":"object","additionalProperties":false,"properties":{
                          "limit":{"type":"integer","minimum":1,"maximum":50,"default":5,
                            "description":"how many passages at most"},
                          "documents":{"type":"array","items":{"type":"string","maxLength":300},"maxItems":100,
                            "format":"document-ids","description":"ids of the documents to look into; without any, all"}}}
                        """)
                .inputs(Port.required("query", PortType.TEXT), Port.optional("documents", PortType.ANY))
                .outputs(
                        Port.required("text", PortType.TEXT),
                        Port.required("passages", PortType.listOf(PortType.ANY)),
                        Port.required("sources", PortType.listOf(PortType.TEXT)),
                        Port.required("count", PortType.NUMBER))
                .work(config -> (inputs, context) -> found(studio, config, inputs, context))
                .build();
    }

    private static Values found(Studio studio, Values config, Values inputs, NodeContext context) {
        int limit = config.has("limit") ? (int) config.number("limit") : DEFAULT_PASSAGES;
        List<String> arrived = DataNodes.texts(inputs.all().get("documents"));
        List<String> documents =
                arrived.isEmpty() ? DataNodes.texts(config.all().get("documents")) : arrived;
        List<FoundPassage> found = DocumentReader.load(studio)
                .search(studio, context.caller(), inputs.text("query"), documents, limit, context.cancellation());
        List<Object> passages = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < found.size(); i++) {
            FoundPassage each = found.get(i);
            passages.add(Map.of(
                    "number", i + 1,
                    "document", each.document(),
                    "name", each.name(),
                    "pageFrom", each.pageFrom(),
                    "pageTo", each.pageTo(),
                    "text", each.text(),
                    "score", each.score()));
            text.append(OutsideText.marked(
                            "passage", (i + 1) + ": " + OutsideText.line(each.place(), 200), each.text()))
                    .append("\n\n");
        }
        return Values.of(Map.of(
                "text",
                found.isEmpty() ? "No passage was found." : text.toString().strip(),
                "passages",
                passages,
                "sources",
                found.stream().map(FoundPassage::place).distinct().toList(),
                "count",
                found.size()));
    }

    /** The name of an input must be one that a port can have. */
    static List<Problem> nameProblems(Values config) {
        String name = config.text("name");
        return Port.isName(name)
                ? List.of()
                : List.of(new Problem(
                        "/name is " + StudioException.quote(name),
                        "Use letters, digits, '_' and '-', beginning with a letter or '_'"));
    }

    /** What an input node was given, or its default. */
    static String given(Values config, Values inputs, String what) {
        return inputs.find("given")
                .or(() -> config.find("default"))
                .map(String::valueOf)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "Input " + StudioException.quote(config.text("name")) + " was not given",
                        "Give the id or name of " + what + ", or choose one in its node"));
    }
}
