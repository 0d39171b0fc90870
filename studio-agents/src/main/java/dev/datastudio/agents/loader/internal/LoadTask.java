package dev.datastudio.agents.loader.internal;

import dev.datastudio.agents.loader.LoadOptions;
import dev.datastudio.agents.loader.LoadOptions.Scope;
import dev.datastudio.agents.loader.TableLoad;
import dev.datastudio.agents.loader.TableLoad.Outcome;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.relation.DatabaseRelations;
import dev.datastudio.core.relation.Relations;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.schema.TableDocs;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.Sources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One load: whose, of what, how, and what came of it so far. Thread-safe. */
final class LoadTask {
    private final Studio studio;
    private final Caller caller;
    private final Source source;
    private final LoadOptions options;
    private final ProgressListener progress;
    private final @Nullable LoadModel model;
    private final @Nullable DatabaseRelations database;
    private final TableDocs docs;
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, TableLoad> outcomes = new LinkedHashMap<>();

    LoadTask(
            Studio studio,
            Caller caller,
            Source source,
            LoadOptions options,
            ProgressListener progress,
            @Nullable LoadModel model,
            @Nullable DatabaseRelations database) {
        this.studio = studio;
        this.caller = caller;
        this.source = source;
        this.options = options;
        this.progress = progress;
        this.model = model;
        this.database = database;
        this.docs = TableDocs.of(studio.metadata(), caller);
    }

    Studio studio() {
        return studio;
    }

    Caller caller() {
        return caller;
    }

    Source source() {
        return source;
    }

    LoadOptions options() {
        return options;
    }

    TableDocs docs() {
        return docs;
    }

    Sources sources() {
        return studio.sources().as(caller);
    }

    Relations relations() {
        return studio.relations().as(caller);
    }

    Optional<LoadModel> model() {
        return Optional.ofNullable(model);
    }

    /** The database, to ask its data; empty for one of the host program that Studio can't ask. */
    Optional<DatabaseRelations> database() {
        return Optional.ofNullable(database);
    }

    /** Tells how far it is; several tasks may at once. */
    synchronized void tell(String stage, long done, long total) {
        progress.onProgress(new Progress(stage, done, total, "tables"));
    }

    ProgressListener listener() {
        return told -> {
            synchronized (this) {
                progress.onProgress(told);
            }
        };
    }

    synchronized void warn(String words) {
        warnings.add(words);
    }

    synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Keeps a description at once, so that it is not written again whatever happens next. */
    void keep(TableFacts facts, TableDoc doc, Outcome outcome, long total) {
        String fingerprint = outcome == Outcome.DESCRIBED_BY_MODEL ? byModel(facts) : byRules(doc);
        docs.save(new TableDoc(doc.table(), doc.technical(), doc.business(), doc.columns(), fingerprint));
        done(new TableLoad(facts.ref(), outcome), total);
    }

    synchronized void done(TableLoad load, long total) {
        outcomes.put(load.table().table(), load);
        progress.onProgress(new Progress("describing tables", outcomes.size(), total, "tables"));
    }

    synchronized List<TableLoad> outcomes() {
        return List.copyOf(outcomes.values());
    }

    /**
     * Whether a table is described as it would be described now. What a model wrote of the same facts is not replaced by
     * rules.
     *
     * @param rules what rules would write
     */
    boolean isDescribed(TableFacts facts, TableDoc rules) {
        if (options.scope() == Scope.ALL) {
            return false;
        }
        String kept = docs.find(facts.ref()).map(TableDoc::fingerprint).orElse("");
        return kept.equals(byModel(facts)) || (model == null && kept.equals(byRules(rules)));
    }

    /** Another wording of the prompt, or other facts, have a table described again. */
    private String byModel(TableFacts facts) {
        return ModelWriter.PROMPT.version() + ":" + options.values() + ":" + facts.digest();
    }

    /** Rules cost nothing, so that what they would write tells. */
    private static String byRules(TableDoc doc) {
        return "built-in:" + TableFacts.digest(doc.text());
    }
}
