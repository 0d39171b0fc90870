package dev.datastudio.agents.eval.internal;

import dev.datastudio.api.query.QueryResult;
import java.util.function.Function;

/** Compares an answer with what is expected. Immutable. */
@FunctionalInterface
interface Check {
    /**
     * The verdict on an answer or a refusal.
     *
     * @param database runs a statement over the tables of the question
     */
    Verdict judge(Asked asked, Function<String, QueryResult> database);
}
