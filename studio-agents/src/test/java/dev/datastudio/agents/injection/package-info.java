/** What a model can do that obeys every instruction it reads: nothing. */
@NullMarked
package dev.datastudio.agents.injection;

import org.jspecify.annotations.NullMarked;
