/** What every runner of code must hold against: {@link dev.datastudio.testkit.code.CodeRunnerContract}. */
@NullMarked
package dev.datastudio.testkit.code;

import org.jspecify.annotations.NullMarked;
