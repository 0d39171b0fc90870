/** The reference web application: {@link dev.datastudio.app.StudioApplication} starts it. */
@NullMarked
package dev.datastudio.app;

import org.jspecify.annotations.NullMarked;
