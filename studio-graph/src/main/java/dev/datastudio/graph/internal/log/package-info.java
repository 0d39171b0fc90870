/** What a thread's log says: its records, their JSON, and how a thread is read back from them. */
@NullMarked
package dev.datastudio.graph.internal.log;

import org.jspecify.annotations.NullMarked;
