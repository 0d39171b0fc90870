/** Language models: which are configured, whether they answer, what they used. */
@NullMarked
package dev.datastudio.app.model;

import org.jspecify.annotations.NullMarked;
