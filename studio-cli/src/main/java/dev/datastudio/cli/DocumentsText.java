package dev.datastudio.cli;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.search.SearchIndex.Retriever;
import dev.datastudio.core.query.TextTable;
import dev.datastudio.rag.answer.Citation;
import dev.datastudio.rag.answer.DocumentAnswer;
import dev.datastudio.rag.answer.Evidence;
import dev.datastudio.rag.answer.Statement;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentPassage;
import dev.datastudio.rag.document.DocumentVersion;
import dev.datastudio.rag.document.Ingestion;
import dev.datastudio.rag.document.Visibility;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Documents, passages and answers as a person reads them in a terminal. Immutable. */
final class DocumentsText {
    private static final String INDENT = "   ";
    private static final int NEAREST = 3;

    private final Terminal.Style style;

    DocumentsText(Terminal.Style style) {
        this.style = style;
    }

    /** What became of a file, and what to do about it. */
    String added(Added added) {
        List<String> lines = new ArrayList<>();
        Document document = added.document();
        if (document == null) {
            lines.add("error      " + style.strong(JobText.printable(added.file())));
            Optional.ofNullable(added.error()).ifPresent(e -> lines.add(JobText.printable(e.getMessage())));
            return String.join("\n" + INDENT, lines);
        }
        String name = style.strong(JobText.printable(document.name()));
        Optional<Ingestion.Failure> failure = document.ingestion().failure();
        if (failure.isPresent()) {
            lines.add("not read   " + name + "  " + reason(failure.get()));
            lines.add(JobText.printable(
                    failure.get().message() + ". " + failure.get().mend() + "."));
            document.current().ifPresent(version -> lines.add("Its earlier content is still found."));
        } else {
            String what = added.isKnown() ? "unchanged  " : "added      ";
            lines.add(what
                    + name
                    + document.current().map(version -> "  " + size(version)).orElse(""));
            document.current()
                    .ifPresent(version ->
                            version.warnings().forEach(warning -> lines.add("note: " + JobText.printable(warning))));
        }
        String shared = document.visibility() == Visibility.TENANT ? ", shared" : "";
        lines.set(0, lines.get(0) + "  (id " + document.id() + shared + ")");
        return String.join("\n" + INDENT, lines);
    }

    private static String size(DocumentVersion version) {
        String passages = count(version.passages(), "passage");
        String pages = version.pages() == 0 ? "" : count(version.pages(), "page") + ", ";
        Locale language = Locale.forLanguageTag(version.language());
        String spoken = language.getDisplayLanguage(Locale.ENGLISH);
        return pages + passages + (version.language().equals("und") ? "" : ", " + spoken);
    }

    private static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : noun + "s");
    }

    private static String reason(Ingestion.Failure failure) {
        return failure.reason().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** How many of many files went well. */
    static String sum(List<Added> all) {
        long errors = all.stream().filter(each -> each.error() != null).count();
        long known = all.stream().filter(Added::isKnown).count();
        long read = all.stream().filter(Added::isRead).count() - known;
        long failed = all.size() - errors - known - read;
        return count(all.size(), "file") + ": " + read + " added"
                + (known == 0 ? "" : ", " + known + " unchanged")
                + (failed == 0 ? "" : ", " + failed + " not read")
                + (errors == 0 ? "" : ", " + errors + " in error")
                + ".";
    }

    /** A line for each document. */
    static String list(List<Document> documents) {
        if (documents.isEmpty()) {
            return nothing(documents);
        }
        List<ResultColumn> columns = List.of(
                new ResultColumn("name", ColumnType.TEXT),
                new ResultColumn("state", ColumnType.TEXT),
                new ResultColumn("pages", ColumnType.INTEGER),
                new ResultColumn("passages", ColumnType.INTEGER),
                new ResultColumn("added", ColumnType.DATE),
                new ResultColumn("for", ColumnType.TEXT),
                new ResultColumn("id", ColumnType.TEXT));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Document document : documents) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(JobText.printable(document.name()));
            row.add(state(document));
            row.add(document.current()
                    .map(DocumentVersion::pages)
                    .filter(pages -> pages > 0)
                    .map(pages -> (Object) pages)
                    .orElse(null));
            row.add(document.current()
                    .map(version -> (Object) version.passages())
                    .orElse(null));
            row.add(document.addedAt().atOffset(ZoneOffset.UTC).toLocalDate());
            row.add(document.visibility() == Visibility.TENANT ? "all" : "you");
            row.add(document.id());
            rows.add(row);
        }
        return TextTable.format(columns, rows, rows.size());
    }

    private static String state(Document document) {
        Ingestion ingestion = document.ingestion();
        if (ingestion.state() == Ingestion.State.DONE) {
            return "ready";
        }
        String state = ingestion
                .failure()
                .map(failure -> "not read: " + reason(failure))
                .orElse(ingestion.state().name().toLowerCase(Locale.ROOT));
        return document.current().isPresent() ? "ready; update " + state : state;
    }

    /** Why nothing is found at all. */
    static String nothing(List<Document> documents) {
        if (documents.isEmpty()) {
            return "There are no documents yet. Add some: ./studio documents add report.pdf";
        }
        return documents.stream().anyMatch(document -> document.current().isPresent())
                ? "Nothing in your documents fits. Try other words."
                : "None of your documents could be read yet; './studio documents list' says why.";
    }

    /** Passages with their places, the scores of each retriever, and the words that fit. */
    String found(List<Evidence> found) {
        List<String> parts = new ArrayList<>();
        for (Evidence each : found) {
            parts.add((parts.size() + 1) + ". " + style.strong(place(each.passage())) + "   " + scores(each)
                    + heading(each.passage())
                    + "\n" + INDENT
                    + Excerpt.of(each, style).replace("\n", "\n" + INDENT));
        }
        return String.join("\n\n", parts);
    }

    private static String heading(DocumentPassage passage) {
        String context = Excerpt.cut(JobText.printable(passage.context()).strip());
        return context.isEmpty() ? "" : "\n" + INDENT + "under: " + context;
    }

    private static String scores(Evidence evidence) {
        List<String> parts = new ArrayList<>();
        parts.add(String.format(Locale.ROOT, "score %.2f", evidence.score()));
        for (Retriever retriever : Retriever.values()) {
            Double score = evidence.scores().get(retriever);
            if (score != null) {
                parts.add(String.format(
                        Locale.ROOT, retriever == Retriever.WORDS ? "words %.1f" : "meaning %.2f", score));
            }
        }
        return String.join(", ", parts);
    }

    private static String place(DocumentPassage passage) {
        String name = JobText.printable(passage.name());
        if (passage.pageFrom() == 0) {
            return name;
        }
        return passage.pageFrom() == passage.pageTo()
                ? name + ", page " + passage.pageFrom()
                : name + ", pages " + passage.pageFrom() + "-" + passage.pageTo();
    }

    /** Statements with numbers of the quotes below them. */
    String answer(DocumentAnswer answer) {
        List<String> lines = new ArrayList<>();
        if (answer.status() == DocumentAnswer.Status.ANSWERED) {
            statements(lines, answer);
        } else {
            lines.add(
                    answer.status() == DocumentAnswer.Status.NOT_SUPPORTED
                            ? "The model wrote an answer, but nothing that it quoted is in your documents: not shown."
                            : "Your documents don't hold an answer to this, as far as could be found.");
            lines.add("The nearest passages are in " + nearest(answer) + "; './studio documents search' shows them.");
        }
        answer.warnings().forEach(warning -> lines.add("note: " + JobText.printable(warning)));
        return String.join("\n", lines);
    }

    private static String nearest(DocumentAnswer answer) {
        return answer.evidence().stream()
                .map(each -> place(each.passage()))
                .distinct()
                .limit(NEAREST)
                .collect(Collectors.joining("; "));
    }

    private void statements(List<String> lines, DocumentAnswer answer) {
        if (answer.method() == DocumentAnswer.Method.EXTRACT) {
            lines.add("What your documents say (their own words; no model wrote this):");
        }
        List<String> sources = new ArrayList<>();
        for (Statement statement : answer.statements()) {
            StringBuilder marks = new StringBuilder();
            for (Citation citation : statement.citations()) {
                String source = source(citation);
                int known = sources.indexOf(source);
                if (known < 0) {
                    sources.add(source);
                }
                marks.append(" [")
                        .append(known < 0 ? sources.size() : known + 1)
                        .append(']');
            }
            lines.add("");
            lines.add(Excerpt.wrapped(style.strong(Excerpt.oneLine(statement.text())) + marks));
        }
        lines.add("");
        for (int i = 0; i < sources.size(); i++) {
            lines.add("[" + (i + 1) + "] " + sources.get(i));
        }
    }

    private static String source(Citation citation) {
        String place = citation.page() == 0
                ? place(citation.passage())
                : JobText.printable(citation.passage().name()) + ", page " + citation.page();
        return place + ": \"" + Excerpt.cut(Excerpt.oneLine(citation.quote())) + "\"";
    }
}
