/** Data sets: import, rows, profile, charts, tests, export; SQL and questions over them. */
@NullMarked
package dev.datastudio.app.dataset;

import org.jspecify.annotations.NullMarked;
