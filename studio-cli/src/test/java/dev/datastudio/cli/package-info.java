@NullMarked
package dev.datastudio.cli;

import org.jspecify.annotations.NullMarked;
