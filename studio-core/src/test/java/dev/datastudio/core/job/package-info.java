@NullMarked
package dev.datastudio.core.job;

import org.jspecify.annotations.NullMarked;
