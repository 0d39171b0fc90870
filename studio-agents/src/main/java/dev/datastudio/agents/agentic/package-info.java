/**
 * Graphs and LangChain4j's agentic workflows inside each other: {@link dev.datastudio.agents.agentic.AgenticNode} makes
 * an agent a node of a graph, {@link dev.datastudio.agents.agentic.GraphAction} makes a graph an agent of a workflow.
 *
 * <p>Needs {@code dev.langchain4j:langchain4j-agentic}, which is an optional dependency.
 */
@NullMarked
package dev.datastudio.agents.agentic;

import org.jspecify.annotations.NullMarked;
