package dev.datastudio.graph.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelTest {
    @Test
    void aNameMustBeAnIdentifier() {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> Channel.last("my channel", String.class));

        assertEquals(
                "name must be 1 to 64 letters, digits or '_', beginning with a letter, was 'my channel'",
                error.getMessage());
    }

    @Test
    void aPrimitiveTypeIsRefusedWithItsWrapper() {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> Channel.last("n", int.class));

        assertEquals(
                "type must not be primitive, was 'int'; use its wrapper such as Integer.class", error.getMessage());
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"}) // a raw call is what the check is for
    void aValueOfAnotherTypeIsRefusedAtTheWrite() {
        LastChannel channel = Channel.last("n", Integer.class);

        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> channel.set("1"));

        assertEquals("value of channel 'n' must be a java.lang.Integer, was a java.lang.String", error.getMessage());
    }

    @Test
    void anUpdateSetsAChannelOnlyOnce() {
        LastChannel<Integer> channel = Channel.last("n", Integer.class);

        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> Update.of(channel.set(1), channel.set(2)));

        assertEquals("writes must set channel 'n' at most once; keep the last value only", error.getMessage());
    }

    @Test
    void anUpdateListsItsWritesInOrder() {
        AppendChannel<String> words = Channel.append("words", String.class);
        ReduceChannel<Integer> sum = Channel.reduce("sum", Integer.class, 0, Integer::sum);

        Update update = Update.of(words.add("a"), sum.add(2), words.addAll(List.of("b", "c")));

        assertEquals("Update[words <- [a], sum <- 2, words <- [b, c]]", update.toString());
        assertSame(words, update.writes().get(0).channel());
        assertEquals(List.of(), Update.none().writes());
    }

    @Test
    void aLastChannelMayHaveAnInitialValue() {
        assertEquals(Optional.of(3), Channel.last("n", Integer.class, 3).initial());
        assertEquals(Optional.empty(), Channel.last("n", Integer.class).initial());
    }
}
