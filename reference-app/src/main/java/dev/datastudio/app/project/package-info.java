/** Projects with their notes, the archive of finished ones, and templates to begin again from. */
@NullMarked
package dev.datastudio.app.project;

import org.jspecify.annotations.NullMarked;
