/**
 * The architecture of Studio as tests: which module may stand on which, what a public type may show, and what library
 * code never does.
 *
 * <p>A module applies all of it with one class:
 *
 * <pre>{@code
 * class GraphArchitectureTest extends ModuleArchitectureContract {
 *     @Override
 *     protected StudioModule module() {
 *         return StudioModule.GRAPH;
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.datastudio.testkit.architecture;

import org.jspecify.annotations.NullMarked;
