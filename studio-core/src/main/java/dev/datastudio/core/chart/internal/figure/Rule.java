package dev.datastudio.core.chart.internal.figure;

import java.util.List;
import java.util.Map;

/** What a value of a figure may be. */
sealed interface Rule {
    /** A number from one to another. */
    record Num(double min, double max) implements Rule {}

    /** True or false. */
    record Bool() implements Rule {}

    /** One of some words. */
    record Word(List<String> allowed) implements Rule {}

    /** No value. */
    record Missing() implements Rule {}

    /** Words of some, joined by {@code +}. */
    record Flags(List<String> allowed) implements Rule {}

    /** Text for people, which may hold a few tags. */
    record Text() implements Rule {}

    /** A colour by name, in hexadecimal digits, or as {@code rgb(…)}. */
    record Colour() implements Rule {}

    /** A name of an axis: {@code x}, {@code y2}. */
    record AxisName(boolean paper) implements Rule {}

    /** A number, a text or a missing value, as data has them. */
    record Scalar() implements Rule {}

    /** A list of values of one rule. */
    record Many(Rule each) implements Rule {}

    /** One value or a list of values. */
    record OneOrMany(Rule each) implements Rule {}

    /** Stops of a colour scale: its name, or pairs of a place and a colour. */
    record Scale() implements Rule {}

    /** The first rule that fits. */
    record Either(Rule first, Rule second) implements Rule {}

    /** An object with a {@code text} among its parts, which may be written as the text alone; Plotly reads only objects. */
    record Titled(Parts parts) implements Rule {}

    /** An object with named parts. */
    record Parts(Map<String, Rule> parts) implements Rule {}

    /** Any finite number. */
    Rule NUMBER = new Num(-Double.MAX_VALUE, Double.MAX_VALUE);

    /** A size in pixels. */
    Rule PIXELS = new Num(0, 1000);

    /** A share from 0 to 1. */
    Rule SHARE = new Num(0, 1);

    Rule BOOL = new Bool();
    Rule TEXT = new Text();
    Rule COLOUR = new Colour();
    Rule SCALAR = new Scalar();
    Rule SCALARS = new Many(SCALAR);
    Rule NUMBERS = new Many(new Either(NUMBER, new Missing()));
}
