/**
 * Artifacts as files: {@link dev.datastudio.core.artifact.FileArtifactStore}, and where each kind of result lies:
 * {@link dev.datastudio.core.artifact.ArtifactPaths}.
 */
@NullMarked
package dev.datastudio.core.artifact;

import org.jspecify.annotations.NullMarked;
