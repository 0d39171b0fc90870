/**
 * What every store of metadata must do: {@link dev.datastudio.testkit.metadata.MetadataStoreContract} alone, and
 * {@link dev.datastudio.testkit.metadata.SharedMetadataContract} with others at the same time.
 */
@NullMarked
package dev.datastudio.testkit.metadata;

import org.jspecify.annotations.NullMarked;
