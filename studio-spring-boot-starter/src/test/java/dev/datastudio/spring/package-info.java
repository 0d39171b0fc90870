@NullMarked
package dev.datastudio.spring;

import org.jspecify.annotations.NullMarked;
