@NullMarked
package dev.datastudio.agents.vocabulary;

import org.jspecify.annotations.NullMarked;
