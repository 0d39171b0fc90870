@NullMarked
package dev.datastudio.agents.reporter.internal.repair;

import org.jspecify.annotations.NullMarked;
