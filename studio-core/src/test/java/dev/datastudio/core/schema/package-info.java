@NullMarked
package dev.datastudio.core.schema;

import org.jspecify.annotations.NullMarked;
