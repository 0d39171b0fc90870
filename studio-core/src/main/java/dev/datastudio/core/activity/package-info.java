/**
 * What is done in a studio, told to whoever wants to know: {@link dev.datastudio.core.activity.ActivityListener}. The
 * parts that do something depend on this only, never on who listens.
 */
@NullMarked
package dev.datastudio.core.activity;

import org.jspecify.annotations.NullMarked;
