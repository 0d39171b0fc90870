package dev.datastudio.agents.loader.internal;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.datastudio.core.schema.internal.TableDescription;
import dev.datastudio.core.source.TableName;

/** Texts out of a database or a model, made harmless: on one line, without control characters, cut. */
final class Quoted {
    static final int LONGEST_NAME = 120;

    private Quoted() {}

    /** On one line, cut. */
    static String clean(String text, int most) {
        return TableDescription.clean(text, most);
    }

    /** As a JSON text, which nothing in it can end. */
    static String text(String text, int most) {
        return TextNode.valueOf(clean(text, most)).toString();
    }

    static String name(String name) {
        return text(name, LONGEST_NAME);
    }

    static String name(TableName name) {
        return name(name.toString());
    }
}
