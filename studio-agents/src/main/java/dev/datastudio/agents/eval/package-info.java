/**
 * Measuring the analyst on sets of questions whose right answers are known: {@link
 * dev.datastudio.agents.eval.Evaluation} asks each question as {@link dev.datastudio.agents.ask.Analyst} is asked, and
 * compares the rows with the expected ones exactly, without a judge.
 *
 * <pre>{@code
 * EvaluationReport report = Evaluation.of(EvaluationSet.SPIDER_DEV, folder).run(EvaluationOptions.DEFAULT);
 * System.out.println(EvaluationJson.write(report));
 * }</pre>
 */
@NullMarked
package dev.datastudio.agents.eval;

import org.jspecify.annotations.NullMarked;
