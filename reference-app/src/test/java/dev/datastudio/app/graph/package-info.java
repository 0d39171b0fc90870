@NullMarked
package dev.datastudio.app.graph;

import org.jspecify.annotations.NullMarked;
