package dev.datastudio.core.chart.internal.figure;

import java.util.LinkedHashMap;
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
    Rule SCALARS = new Many(new Scalar());
    Rule NUMBERS = new Many(new Either(NUMBER, new Missing()));

    static Rule words(String... allowed) {
        return new Word(List.of(allowed));
    }

    static Rule flags(String... allowed) {
        return new Flags(List.of(allowed));
    }

    static Rule oneOrMany(Rule each) {
        return new OneOrMany(each);
    }

    /** Names and rules in turn. */
    static Map<String, Rule> map(Object... namesAndRules) {
        Map<String, Rule> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndRules.length; i += 2) {
            map.put((String) namesAndRules[i], (Rule) namesAndRules[i + 1]);
        }
        return map;
    }

    static Rule parts(Object... namesAndRules) {
        return new Parts(Map.copyOf(map(namesAndRules)));
    }

    /** All names of some maps together; a later one wins. */
    @SafeVarargs
    static Map<String, Rule> all(Map<String, Rule>... maps) {
        Map<String, Rule> all = new LinkedHashMap<>();
        for (Map<String, Rule> map : maps) {
            all.putAll(map);
        }
        return Map.copyOf(all);
    }
}
