/** What models can be trained on here: {@link dev.datastudio.ml.device.Devices}. Row A21. */
@NullMarked
package dev.datastudio.ml.device;

import org.jspecify.annotations.NullMarked;
