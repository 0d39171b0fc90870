/**
 * How plans are checked, compiled to SQL, run and described; for {@code dev.datastudio.core.analysis}, and for features
 * that compile single conditions and values of a plan.
 */
@NullMarked
package dev.datastudio.core.analysis.internal;

import org.jspecify.annotations.NullMarked;
