/** Who is signed in, and what they may do. */
@NullMarked
package dev.datastudio.app.identity;

import org.jspecify.annotations.NullMarked;
