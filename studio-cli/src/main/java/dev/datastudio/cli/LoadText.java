package dev.datastudio.cli;

import dev.datastudio.agents.loader.LoadReport;
import dev.datastudio.agents.loader.TableLoad;
import dev.datastudio.agents.loader.TableLoad.Outcome;
import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.core.relation.CheckedRelation;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.source.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a load did and found, as a person reads it in a terminal. */
final class LoadText {
    private LoadText() {}

    static String format(Source source, LoadReport report, List<TableDoc> docs) {
        Map<String, String> business = new HashMap<>();
        docs.forEach(doc -> business.put(doc.table().table(), doc.business().text()));
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s: %,d described, %,d as before, %,d gone; %,d relations",
                source.name(),
                report.count(Outcome.DESCRIBED_BY_MODEL) + report.count(Outcome.DESCRIBED_BUILT_IN),
                report.count(Outcome.UNCHANGED),
                report.count(Outcome.REMOVED),
                report.relations().stream().filter(Relation::isUsable).count()));
        if (report.modelCalls() > 0) {
            text.append(
                    String.format(Locale.ROOT, "; %,d model calls, %,d tokens", report.modelCalls(), report.tokens()));
        }
        text.append(String.format(Locale.ROOT, "; %,d ms%n", report.took().toMillis()));
        for (TableLoad table : report.tables()) {
            String name = table.table().table();
            text.append("\n").append(name).append(table.outcome() == Outcome.REMOVED ? " is gone" : "");
            if (business.containsKey(name)) {
                text.append("\n   ").append(business.get(name));
            }
        }
        appendRelations(text, report);
        report.warnings().forEach(warning -> text.append("\nnote: ").append(warning));
        return text.toString().stripTrailing();
    }

    private static void appendRelations(StringBuilder text, LoadReport report) {
        for (Relation relation : report.relations()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%s -> %s  %.2f%s",
                    side(relation.from()),
                    side(relation.to()),
                    relation.score(),
                    relation.isUsable() ? "" : ", a guess that is not used"));
            for (Evidence evidence : relation.evidence()) {
                text.append("\n   ")
                        .append(plain(evidence.words(), relation.from().table().source()));
            }
        }
        for (CheckedRelation checked : report.unsupported()) {
            text.append("\nnot kept: ")
                    .append(side(checked.proposal().from()))
                    .append(" -> ")
                    .append(side(checked.proposal().to()))
                    .append("\n   ")
                    .append(plain(checked.words(), report.source().toString()));
        }
        if (!report.relations().isEmpty()) {
            text.append('\n');
        }
    }

    private static String side(Key key) {
        return key.table().table() + "." + String.join(", ", key.columns());
    }

    /** Within one database its id before each table says nothing. */
    static String plain(String words, String source) {
        return words.replace(source + ":", "");
    }
}
