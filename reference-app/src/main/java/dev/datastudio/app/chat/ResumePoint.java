package dev.datastudio.app.chat;

import dev.datastudio.agents.chat.ChatTurn;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last event that a client had: {@code TURN:SEQUENCE}, or a sequence number alone for the turn that goes on. Immutable.
 *
 * @param turn the id of the turn; empty for the one that goes on
 * @param sequence of the event within the turn
 */
record ResumePoint(String turn, long sequence) {
    /** A client that had nothing yet. */
    static final ResumePoint BEGINNING = new ResumePoint("", 0);

    private static final Pattern FORM = Pattern.compile("(?:([0-9a-fA-F-]{1,64}):)?(\\d{1,18})");

    static ResumePoint parse(String text) {
        if (text.isBlank()) {
            return BEGINNING;
        }
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The last event can't be " + StudioException.quote(text),
                    "Send the id of an event as it came");
        }
        String turn = form.group(1) == null ? "" : form.group(1);
        return new ResumePoint(turn, Long.parseLong(form.group(2)));
    }

    /** After which event of a turn to go on: all of one that the client has seen nothing of. */
    long after(ChatTurn now) {
        return isOf(now) ? sequence : 0;
    }

    /** Whether the client saw events of this turn, as far as it says. */
    boolean isOf(ChatTurn now) {
        return turn.isEmpty() || turn.equals(now.id());
    }

    static String of(String turn, long sequence) {
        return turn + ":" + sequence;
    }
}
