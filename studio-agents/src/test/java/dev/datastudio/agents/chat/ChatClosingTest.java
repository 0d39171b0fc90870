package dev.datastudio.agents.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.testkit.model.ModelReply;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an answer that is being written when its studio is closed. */
@Timeout(60)
class ChatClosingTest {
    @TempDir
    Path workspace;

    @Test
    void aConversationWhoseAnswerTheEndOfTheStudioCutOffIsFreeInTheNext() throws Exception {
        ChatTurn turn;
        try (ChatDesk desk = ChatDesk.withModel(Studio.open(workspace))) {
            desk.server.inTurn(ModelReply.pieces("half ", "of it").stalledAfter(1));
            turn = desk.chat().send(desk.about("Hello").to("data_analyst"));
            desk.server.awaitRequest(1, ChatDesk.SOON);
        }

        StudioException cutOff = assertThrows(StudioException.class, turn::await);
        assertEquals(ErrorCode.CANCELLED, cutOff.code());
        try (Studio next = Studio.open(workspace)) {
            assertFalse(Chat.of(next).isBusy(turn.conversation()));
        }
    }
}
