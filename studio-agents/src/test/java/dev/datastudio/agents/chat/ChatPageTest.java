package dev.datastudio.agents.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.testkit.model.ModelReply;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page about conversations: its example is compiled and run. */
@Timeout(120)
class ChatPageTest {
    private static final Path PAGE = Path.of("..", "docs", "chat.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

    private final ChatDesk desk = ChatDesk.withModel();
    private final StringBuilder page = new StringBuilder();

    @TempDir
    Path folder;

    private URLClassLoader classes;

    @BeforeEach
    void compile() throws Exception {
        Matcher block = BLOCK.matcher(Files.readString(PAGE).replace("\r", ""));
        assertEquals(true, block.find());
        Path source = Files.writeString(folder.resolve("Talking.java"), block.group(1));
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        errors,
                        errors,
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-proc:none",
                        source.toString());
        assertEquals(0, compiled, () -> errors.toString(StandardCharsets.UTF_8));
        classes = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    }

    @AfterEach
    void close() throws Exception {
        classes.close();
        desk.close();
    }

    private ChatReply call(String method, Object... arguments) throws Exception {
        return (ChatReply) Arrays.stream(classes.loadClass("Talking").getMethods())
                .filter(each -> each.getName().equals(method))
                .findFirst()
                .orElseThrow()
                .invoke(null, arguments);
    }

    @Test
    @SuppressWarnings("UnnecessaryStringBuilder") // the method of the page takes one
    void aConversationIsHadAndItsQuestionsAreAskedAgain() throws Exception {
        desk.server.when(ChatDesk.routing()).reply(ChatDesk.route("together", "It asks for a rank.", "sql_expert"));
        desk.server.when("And least?").reply(ModelReply.text("North."));
        desk.server.when("part of sql_expert").reply(ModelReply.text("West."));

        ChatReply reply = call("talk", desk.studio, desk.orders, page);
        ChatReply edited = call("again", desk.studio, reply);

        assertEquals("West.", page.toString());
        assertEquals("North.", reply.text());
        assertEquals("West.", edited.text());
        assertEquals(
                List.of("Which region sells most?", "West.", "And least?", "North."),
                desk.branch(reply.conversation()).stream()
                        .map(message -> message.text())
                        .toList());
    }
}
