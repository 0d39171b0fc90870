/** What models are told: reviewed texts out of resource files, and how many tokens a text takes. */
@NullMarked
package dev.datastudio.agents.prompt.internal;

import org.jspecify.annotations.NullMarked;
