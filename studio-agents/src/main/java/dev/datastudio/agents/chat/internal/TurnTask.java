package dev.datastudio.agents.chat.internal;

import dev.datastudio.agents.chat.ChatRequest;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One message that is to be answered.
 *
 * @param id of the turn
 * @param request with the id of the conversation and all sources that it is about
 * @param question the number of the message that holds it
 * @param parent the number of the message before it, 0 for none
 * @param approvals who decides about tools that do more than read
 * @param asked set when somebody wants no more
 * @param answered set when the answer is kept, and nothing but the end of the turn is to come
 */
public record TurnTask(
        String id,
        Caller caller,
        ChatRequest request,
        long question,
        long parent,
        Approvals approvals,
        Cancellation asked,
        AtomicBoolean answered) {
    String conversation() {
        return request.conversation();
    }

    List<String> sources() {
        return request.context().sources();
    }
}
