/** Disks that are full or can't be written: {@link dev.datastudio.testkit.disk.SmallDisk}. */
@NullMarked
package dev.datastudio.testkit.disk;

import org.jspecify.annotations.NullMarked;
