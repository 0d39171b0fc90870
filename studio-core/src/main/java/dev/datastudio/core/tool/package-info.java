/** The tools that read data for a model or a person: {@link dev.datastudio.core.tool.DataTools}. */
@NullMarked
package dev.datastudio.core.tool;

import org.jspecify.annotations.NullMarked;
