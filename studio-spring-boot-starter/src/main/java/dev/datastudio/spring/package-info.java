/**
 * Studio in a Spring Boot application, 3.5 or 4.x: with this jar on the class path there is a bean
 * {@link dev.datastudio.core.Studio} with everything that stands on it, set by
 * {@link dev.datastudio.spring.StudioProperties}.
 *
 * <p>Each bean steps back for one of the application's own. Beans of Studio's interfaces, such as an
 * {@link dev.datastudio.api.artifact.ArtifactStore}, take the place of embedded parts; methods with LangChain4j's
 * {@code @Tool} become tools, and beans of {@link dev.datastudio.graph.json.NodeType} kinds of nodes.
 * {@link dev.datastudio.spring.CallerResolver} says whose data a request is about.
 */
@NullMarked
package dev.datastudio.spring;

import org.jspecify.annotations.NullMarked;
