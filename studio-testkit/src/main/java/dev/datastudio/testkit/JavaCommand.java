package dev.datastudio.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How tests start another Java process on their own class path. It lives for seconds, in which most code runs once: the
 * optimising compiler and the checks of byte code that javac has just written would be most of its work.
 */
public final class JavaCommand {
    private static final List<String> OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote",
            "-XX:+UseSerialGC",
            "-Djava.awt.headless=true");

    private JavaCommand() {}

    /** The Java that runs this process. */
    public static Path program() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** What such a process is given before its class path. */
    public static List<String> options() {
        return OPTIONS;
    }

    /** The whole command of a program on the class path of this process. */
    public static List<String> of(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(program().toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }
}
