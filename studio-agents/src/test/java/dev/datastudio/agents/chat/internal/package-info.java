@NullMarked
package dev.datastudio.agents.chat.internal;

import org.jspecify.annotations.NullMarked;
