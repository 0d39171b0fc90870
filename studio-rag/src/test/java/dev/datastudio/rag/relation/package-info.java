@NullMarked
package dev.datastudio.rag.relation;

import org.jspecify.annotations.NullMarked;
