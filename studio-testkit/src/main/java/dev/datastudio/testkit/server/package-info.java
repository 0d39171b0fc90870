/**
 * Real servers for tests, started without Docker: {@link dev.datastudio.testkit.server.PostgresServer} (also with pgvector),
 * {@link dev.datastudio.testkit.server.MariaDbServer}, {@link dev.datastudio.testkit.server.ChromaServer}.
 */
@NullMarked
package dev.datastudio.testkit.server;

import org.jspecify.annotations.NullMarked;
