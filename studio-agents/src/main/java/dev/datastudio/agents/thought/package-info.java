/**
 * Searching a tree of thoughts as a graph: {@link dev.datastudio.agents.thought.TreeOfThought} proposes several next
 * thoughts, scores them, keeps the best and goes on from those.
 *
 * <pre>{@code
 * ModelThoughts thoughts = ModelThoughts.of(model).task("Use each number once; reach 24.");
 * Graph<ThoughtProblem, ThoughtTree> graph = TreeOfThought.of(thoughts.proposer(), thoughts.scorer())
 *         .options(ThoughtOptions.defaults().beamWidth(3))
 *         .graph();
 *
 * ThoughtTree tree = engine.run(graph, new ThoughtProblem("4 9 10 13"));
 * }</pre>
 */
@NullMarked
package dev.datastudio.agents.thought;

import org.jspecify.annotations.NullMarked;
