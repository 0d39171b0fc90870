package dev.datastudio.agents.agent.internal;

import dev.datastudio.core.text.internal.OutsideText;
import dev.langchain4j.data.message.AiMessage;
import java.util.regex.Pattern;

/**
 * What models say, as it may be shown: without control characters, which could steer a terminal. Everything else stays,
 * as joiners and marks of direction are a part of many languages.
 */
final class Spoken {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]+");

    private Spoken() {}

    /** A piece of a text. */
    static String clean(String text) {
        return CONTROL.matcher(text).replaceAll("");
    }

    /** A whole message, in which nothing is loaded when it is shown; its calls of tools stay as they are. */
    static AiMessage clean(AiMessage message) {
        return message.text() == null
                ? message
                : message.toBuilder()
                        .text(OutsideText.unloaded(clean(message.text())))
                        .build();
    }
}
