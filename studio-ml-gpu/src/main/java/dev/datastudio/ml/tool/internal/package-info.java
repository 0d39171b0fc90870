/** How the tools are made. */
@NullMarked
package dev.datastudio.ml.tool.internal;

import org.jspecify.annotations.NullMarked;
