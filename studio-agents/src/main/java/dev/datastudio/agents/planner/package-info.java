/**
 * Turns a question in English into a typed plan without any model.
 *
 * <p>{@link dev.datastudio.agents.planner.BuiltInPlanner} links every content word of a question to a column, a stored
 * value or an operation, and refuses by name the words that it can't link:
 *
 * <pre>{@code
 * var planner = new BuiltInPlanner();
 * PlanOutcome outcome = planner.plan(new PlanRequest("average age by sex", List.of(titanic), values, today));
 * }</pre>
 */
@NullMarked
package dev.datastudio.agents.planner;

import org.jspecify.annotations.NullMarked;
