@NullMarked
package dev.datastudio.agents.chat;

import org.jspecify.annotations.NullMarked;
