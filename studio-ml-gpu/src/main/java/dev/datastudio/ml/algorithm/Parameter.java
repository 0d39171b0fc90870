package dev.datastudio.ml.algorithm;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a parameter of an algorithm may be: the one place that checks, defaults, JSON Schemas and forms are made from.
 * Stands on the components of records, which are of type {@code int}, {@code double}, {@code String} or an
 * enum. A component that is a record itself groups parameters that several algorithms share; they are named as if they
 * stood in its place.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Parameter {
    /** The value when nothing is said, as text; of an enum its name. */
    String byDefault();

    /** The least value; of numbers only. */
    double min() default 0;

    /** The greatest value; of numbers only. */
    double max() default Double.MAX_VALUE;

    /** What it does, a sentence without a period. */
    String meaning();
}
