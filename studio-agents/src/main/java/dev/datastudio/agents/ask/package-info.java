/**
 * Asking questions in plain English: {@link dev.datastudio.agents.ask.Analyst} gives an
 * {@link dev.datastudio.agents.ask.Answer} whose every number can be checked.
 *
 * <pre>{@code
 * try (Studio studio = Studio.open()) {
 *     Dataset sales = studio.datasets().importFile(Path.of("sales.csv"));
 *     Answer answer = Analyst.of(studio).ask(sales, "average Sales by Region");
 *     answer.steps().forEach(step -> System.out.println(step.sql()));
 * }
 * }</pre>
 */
@NullMarked
package dev.datastudio.agents.ask;

import org.jspecify.annotations.NullMarked;
