/** Running code that nobody has read, walled off from everything: {@link dev.datastudio.api.code.CodeRunner}. */
@NullMarked
package dev.datastudio.api.code;

import org.jspecify.annotations.NullMarked;
