/**
 * Words that a tenant taught: other names of columns, names of groups of values, measures, and questions with the plan
 * that answers them. The built-in planner uses them, and so can any other planner.
 *
 * <pre>{@code
 * Teaching.of(studio).teach(TaughtWord.measure("revenue", "sum(price * quantity)").in("orders"));
 * }</pre>
 */
@NullMarked
package dev.datastudio.agents.vocabulary;

import org.jspecify.annotations.NullMarked;
