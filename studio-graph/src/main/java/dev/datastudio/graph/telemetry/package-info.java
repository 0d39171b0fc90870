/**
 * Listeners that report runs to OpenTelemetry and Micrometer; each needs its own library on the class path, and nothing
 * else does. Give one to {@code Engine.builder().listener(..)}.
 */
@NullMarked
package dev.datastudio.graph.telemetry;

import org.jspecify.annotations.NullMarked;
