/** Studio in a Spring Boot application: {@link dev.datastudio.spring.StudioAutoConfiguration} says which beans there are. */
@NullMarked
package dev.datastudio.spring;

import org.jspecify.annotations.NullMarked;
