/** How the tests are computed. */
@NullMarked
package dev.datastudio.core.statistics.internal;

import org.jspecify.annotations.NullMarked;
