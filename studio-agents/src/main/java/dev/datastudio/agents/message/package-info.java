/**
 * Messages of LangChain4j in the state of a graph: {@link dev.datastudio.agents.message.ChatMessages} lets runs with a
 * thread keep them.
 */
@NullMarked
package dev.datastudio.agents.message;

import org.jspecify.annotations.NullMarked;
