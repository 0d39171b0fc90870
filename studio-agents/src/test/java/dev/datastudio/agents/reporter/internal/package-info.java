@NullMarked
package dev.datastudio.agents.reporter.internal;

import org.jspecify.annotations.NullMarked;
