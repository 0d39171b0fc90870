package dev.datastudio.testkit.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** How one protocol writes requests and answers. Immutable. */
interface ModelWire {
    /** What the body of a request says. */
    Asked read(JsonNode body);

    /** The key that a request carries; empty when it carries none. */
    String key(Map<String, String> headers);

    /** The body of an error. */
    String error(ModelReply.Failure failure);

    /** A whole answer. */
    String whole(ModelRequest request, ModelReply reply);

    /** The media type of a streamed answer. */
    String streamType();

    /** What stands before the first piece of a stream, frame by frame as it is sent. */
    List<String> head(ModelRequest request, ModelReply reply);

    /** The frames of one piece of text. */
    List<String> piece(ModelRequest request, String piece);

    /** The frames of the calls of tools and of the end. */
    List<String> tail(ModelRequest request, ModelReply reply);

    /**
     * What a request asks for.
     *
     * @param model its name; empty where the path has it
     */
    record Asked(String model, boolean isStreamed, List<ModelMessage> messages, List<String> tools) {
        public Asked {
            messages = List.copyOf(messages);
            tools = List.copyOf(tools);
        }
    }
}
