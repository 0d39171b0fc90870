/** How the rules read a compiled class. */
@NullMarked
package dev.datastudio.testkit.architecture.internal;

import org.jspecify.annotations.NullMarked;
