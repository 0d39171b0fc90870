/**
 * Files that a studio keeps under names: {@link dev.datastudio.api.artifact.ArtifactStore} and its
 * {@link dev.datastudio.api.artifact.ArtifactKey}s.
 */
@NullMarked
package dev.datastudio.api.artifact;

import org.jspecify.annotations.NullMarked;
