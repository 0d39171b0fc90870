/** Data and a graph to begin with: made by code, the same each time. */
@NullMarked
package dev.datastudio.app.sample;

import org.jspecify.annotations.NullMarked;
