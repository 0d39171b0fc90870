package dev.datastudio.app.chat;

import dev.datastudio.agents.chat.ChatEvent;
import dev.datastudio.agents.chat.ChatEvent.Connected;
import dev.datastudio.agents.chat.ChatJson;
import dev.datastudio.agents.chat.ChatListener;
import dev.datastudio.agents.chat.ChatTurn;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.EventStream;
import dev.datastudio.app.web.SocketStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/**
 * Tells clients what happens in turns: those that asked for a stream, and those that have a socket open at the
 * conversation. A slow or gone client holds nobody up, and the turn goes on without it. Thread-safe.
 */
@Component
class ChatStreams {
    private final Map<Place, Set<Follower>> followers = new ConcurrentHashMap<>();

    private record Place(Caller caller, String conversation) {}

    /** Has a stream tell of a turn from an event on, to its end. */
    void stream(ChatTurn turn, long after, EventStream stream) {
        Cancellation.Registration listening = turn.listen(after, new ChatListener() {
            @Override
            public void onEvent(ChatEvent event) {
                String id = event.content() instanceof Connected ? "" : ResumePoint.of(turn.id(), event.sequence());
                stream.send(id, event.name(), ChatJson.write(event));
            }

            @Override
            public void onEnd() {
                stream.close();
            }
        });
        stream.onEnd(listening::close);
    }

    /** Everybody who has a socket open at the conversation is told of this turn too. */
    void begun(Caller caller, ChatTurn turn) {
        followers.getOrDefault(new Place(caller, turn.conversation()), Set.of()).forEach(each -> each.follow(turn, 0));
    }

    /** Has a socket told of every turn of a conversation from now on. */
    Follower open(Caller caller, String conversation, SocketStream socket) {
        Follower follower = new Follower(new Place(caller, conversation), socket);
        followers.compute(follower.place, (place, open) -> {
            Set<Follower> all = open == null ? ConcurrentHashMap.newKeySet() : open;
            all.add(follower);
            return all;
        });
        return follower;
    }

    /** One socket that is open at a conversation. */
    final class Follower {
        private final Place place;
        private final SocketStream socket;
        private final Set<String> turns = new HashSet<>();
        private final CopyOnWriteArrayList<Cancellation.Registration> listening = new CopyOnWriteArrayList<>();

        private Follower(Place place, SocketStream socket) {
            this.place = place;
            this.socket = socket;
        }

        /** Tells of a turn from an event on; does nothing when it tells of it already. */
        void follow(ChatTurn turn, long after) {
            synchronized (turns) {
                if (!turns.add(turn.id())) {
                    return;
                }
            }
            Cancellation.Registration registration = turn.listen(after, new ChatListener() {
                @Override
                public void onEvent(ChatEvent event) {
                    if (!(event.content() instanceof Connected)) {
                        socket.send(ChatJson.write(event));
                    }
                }

                @Override
                public void onEnd() {
                    listening.clear(); // one turn at a time
                }
            });
            if (!turn.isDone()) {
                listening.add(registration);
            }
        }

        void send(ChatEvent event) {
            socket.send(ChatJson.write(event));
        }

        void close() {
            followers.computeIfPresent(place, (key, open) -> {
                open.remove(this);
                return open.isEmpty() ? null : open;
            });
            listening.forEach(Cancellation.Registration::close);
        }
    }
}
