/**
 * Projects: data, documents, analyses and notes that belong together; archived when they are done, and templates made
 * of them. {@link dev.datastudio.core.project.Projects} is the way in.
 */
@NullMarked
package dev.datastudio.core.project;

import org.jspecify.annotations.NullMarked;
