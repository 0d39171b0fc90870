/** What every part that asks a chat model shares; needs LangChain4j's core, which those parts bring. */
@NullMarked
package dev.datastudio.core.model.internal;

import org.jspecify.annotations.NullMarked;
