package dev.datastudio.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.loader.LoadReport;
import dev.datastudio.agents.loader.TableLoad;
import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.core.relation.CheckedRelation;
import dev.datastudio.core.schema.ColumnDoc;
import dev.datastudio.core.schema.DocText;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Databases and what is known of them, for programs. No password is in it. */
final class SourcesJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SourcesJson() {}

    static String source(Source source) {
        return node(source).toString();
    }

    static String sources(Map<Source, Integer> tables) {
        ArrayNode array = MAPPER.createArrayNode();
        tables.forEach((source, count) -> array.add(node(source).put("loadedTables", count)));
        return array.toString();
    }

    private static ObjectNode node(Source source) {
        return MAPPER.createObjectNode()
                .put("id", source.id().toString())
                .put("name", source.name())
                .put("kind", word(source.kind()))
                .put("host", source.spec().host())
                .put("port", source.spec().port())
                .put("database", source.spec().database())
                .put("user", source.spec().user())
                .put("schema", source.spec().schema());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static String check(Source source, SourceCheck check) {
        ObjectNode node = node(source)
                .put("product", check.product())
                .put("rights", word(check.rights()))
                .put("encryption", word(check.encryption()))
                .put("millis", check.took().toMillis());
        check.advice().forEach(node.putArray("advice")::add);
        return node.toString();
    }

    static String load(Source source, LoadReport report, List<TableDoc> docs) {
        Map<String, TableDoc> byName = new HashMap<>();
        docs.forEach(doc -> byName.put(doc.table().table(), doc));
        ObjectNode node = MAPPER.createObjectNode()
                .put("source", source.id().toString())
                .put("name", source.name())
                .put("modelCalls", report.modelCalls())
                .put("tokens", report.tokens())
                .put("millis", report.took().toMillis());
        ArrayNode tables = node.putArray("tables");
        for (TableLoad table : report.tables()) {
            ObjectNode one =
                    tables.addObject().put("table", table.table().table()).put("outcome", word(table.outcome()));
            TableDoc doc = byName.get(table.table().table());
            if (doc != null) {
                addDoc(one, doc);
            }
        }
        ArrayNode relations = node.putArray("relations");
        report.relations().forEach(relation -> addRelation(relations.addObject(), relation));
        ArrayNode unsupported = node.putArray("unsupported");
        for (CheckedRelation checked : report.unsupported()) {
            ObjectNode one = unsupported.addObject();
            addKeys(one, checked.proposal().from(), checked.proposal().to());
            one.put("why", LoadText.plain(checked.words(), source.id().toString()));
        }
        report.warnings().forEach(node.putArray("warnings")::add);
        return node.toString();
    }

    private static void addDoc(ObjectNode node, TableDoc doc) {
        addText(node.putObject("business"), doc.business());
        addText(node.putObject("technical"), doc.technical());
        ObjectNode columns = node.putObject("columns");
        for (ColumnDoc column : doc.columns()) {
            columns.put(column.column(), column.line().text());
        }
    }

    private static void addText(ObjectNode node, DocText text) {
        node.put("text", text.text())
                .put("by", word(text.author().kind()))
                .put("author", text.author().name());
    }

    private static void addRelation(ObjectNode node, Relation relation) {
        addKeys(node, relation.from(), relation.to());
        node.put("score", relation.score())
                .put("status", word(relation.status()))
                .put("usable", relation.isUsable());
        ArrayNode evidence = node.putArray("evidence");
        for (Evidence one : relation.evidence()) {
            evidence.addObject()
                    .put("kind", word(one.kind()))
                    .put("weight", one.weight())
                    .put(
                            "words",
                            LoadText.plain(one.words(), relation.from().table().source()));
        }
    }

    private static void addKeys(ObjectNode node, Key from, Key to) {
        add(node.putObject("from"), from);
        add(node.putObject("to"), to);
    }

    private static void add(ObjectNode node, Key key) {
        node.put("table", key.table().table());
        key.columns().forEach(node.putArray("columns")::add);
    }
}
