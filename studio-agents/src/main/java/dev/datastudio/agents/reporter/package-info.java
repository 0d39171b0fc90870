/**
 * Questions about databases and data sets in plain language, answered by SQL that a language model writes: {@link
 * dev.datastudio.agents.reporter.Reporter}.
 *
 * <p>Three graphs do it: the reporter, with the writing of SQL and the making of a picture as sub-graphs that are usable
 * alone. Each loop is bounded by {@link dev.datastudio.agents.reporter.ReportOptions}, and each step stands in the trace of
 * the {@link dev.datastudio.agents.reporter.Report}.
 *
 * <pre>{@code
 * Report report = Reporter.of(studio).ask(ReportRequest.about(source, "Which five genres sold best?"));
 * }</pre>
 */
@NullMarked
package dev.datastudio.agents.reporter;

import org.jspecify.annotations.NullMarked;
