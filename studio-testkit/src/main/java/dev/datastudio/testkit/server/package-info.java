/** Real servers for tests, started without Docker: {@link dev.datastudio.testkit.server.PostgresServer}. */
@NullMarked
package dev.datastudio.testkit.server;

import org.jspecify.annotations.NullMarked;
