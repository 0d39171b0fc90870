/** The application as a command: {@link dev.datastudio.app.serve.ServeCommand} is what {@code ./studio serve} starts. */
@NullMarked
package dev.datastudio.app.serve;

import org.jspecify.annotations.NullMarked;
