package dev.datastudio.agents.planner;

import dev.datastudio.agents.vocabulary.Vocabulary;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.relation.Relation;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * A question and what it may be about. Immutable.
 *
 * @param question as typed, in English; may be blank, which is not understood
 * @param datasets the tables that may answer it, at least one, their table names different
 * @param values the stored values of their text columns
 * @param today the day it is asked on, for readings such as "last month"
 * @param relations how the tables hang together, by their table names; those that aren't usable are ignored
 * @param vocabulary what was taught
 * @param ranking asked where there is no room for all tables
 */
public record PlanRequest(
        String question,
        List<Dataset> datasets,
        ValueLookup values,
        LocalDate today,
        List<Relation> relations,
        Vocabulary vocabulary,
        TableRanking ranking) {
    /** @throws IllegalArgumentException if there is no data set, or two have one table name */
    public PlanRequest {
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(values, "values");
        Objects.requireNonNull(today, "today");
        Objects.requireNonNull(vocabulary, "vocabulary");
        Objects.requireNonNull(ranking, "ranking");
        datasets = List.copyOf(datasets);
        relations = List.copyOf(relations);
        if (datasets.isEmpty()) {
            throw new IllegalArgumentException("datasets must not be empty");
        }
        List<String> tables = datasets.stream().map(Dataset::table).toList();
        if (tables.stream().distinct().count() < tables.size()) {
            throw new IllegalArgumentException("datasets must have different table names, were " + tables);
        }
    }

    /** A question about tables without a known relation. */
    public PlanRequest(String question, List<Dataset> datasets, ValueLookup values, LocalDate today) {
        this(question, datasets, values, today, List.of());
    }

    /** A question about related tables with nothing taught. */
    public PlanRequest(
            String question, List<Dataset> datasets, ValueLookup values, LocalDate today, List<Relation> relations) {
        this(question, datasets, values, today, relations, Vocabulary.EMPTY, TableRanking.NONE);
    }

    /** This request with what was taught. */
    public PlanRequest with(Vocabulary vocabulary) {
        return new PlanRequest(question, datasets, values, today, relations, vocabulary, ranking);
    }

    /** This request with somebody who knows which tables a question is about. */
    public PlanRequest with(TableRanking ranking) {
        return new PlanRequest(question, datasets, values, today, relations, vocabulary, ranking);
    }
}
