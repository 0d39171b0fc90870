/** How relations are recognised, read and searched. */
@NullMarked
package dev.datastudio.core.relation.internal;

import org.jspecify.annotations.NullMarked;
