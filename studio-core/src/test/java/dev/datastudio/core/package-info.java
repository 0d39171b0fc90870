@NullMarked
package dev.datastudio.core;

import org.jspecify.annotations.NullMarked;
