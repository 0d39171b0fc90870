package dev.datastudio.agents.agent.internal;

import dev.datastudio.core.text.internal.OutsideText;
import dev.langchain4j.data.message.AiMessage;

/** Messages of models, as they may be shown. */
final class Spoken {
    private Spoken() {}

    /** A whole message, in which nothing is loaded when it is shown; its calls of tools stay as they are. */
    static AiMessage clean(AiMessage message) {
        return message.text() == null
                ? message
                : message.toBuilder()
                        .text(OutsideText.unloaded(OutsideText.printable(message.text())))
                        .build();
    }
}
