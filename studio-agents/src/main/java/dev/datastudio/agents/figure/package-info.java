/**
 * Which numbers of an answer come from a tool: {@link dev.datastudio.agents.figure.FigureCheck}.
 *
 * <pre>{@code
 * FigureReport report = FigureCheck.check(
 *         "38.4 % of the 891 passengers survived.",
 *         "How many survived?",
 *         List.of(new ToolOutput("call_1", "sql_query", "Rows (1 shown, 1 total):\n0.38383838 | 891")));
 * report.unsupported();   // none: both numbers are in the result of call_1
 * }</pre>
 */
@NullMarked
package dev.datastudio.agents.figure;

import org.jspecify.annotations.NullMarked;
