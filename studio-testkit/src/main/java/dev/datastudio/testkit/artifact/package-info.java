/** What every artifact store must do: {@link dev.datastudio.testkit.artifact.ArtifactStoreContract}. */
@NullMarked
package dev.datastudio.testkit.artifact;

import org.jspecify.annotations.NullMarked;
