/**
 * What rests on a data set, a document, a model or a database: to be shown before one is deleted. {@link
 * dev.datastudio.agents.dependant.Dependants} finds it.
 *
 * <pre>{@code
 * for (Dependant each : Dependants.of(studio).as(caller).ofModel(model)) {
 *     System.out.println(each.kind() + " " + each.name());
 * }
 * }</pre>
 */
@NullMarked
package dev.datastudio.agents.dependant;

import org.jspecify.annotations.NullMarked;
