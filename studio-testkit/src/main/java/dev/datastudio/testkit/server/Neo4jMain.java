package dev.datastudio.testkit.server;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process of a {@link Neo4jServer}: starts Neo4j's harness, which only this process has on its class path, writes its
 * address into a file, and ends when nobody holds its input open any more.
 */
final class Neo4jMain {
    /** The file that has the server's address once it is ready. */
    static final String ADDRESS = "address";

    private Neo4jMain() {}

    /**
     * Starts the server and waits.
     *
     * @param arguments the folder for its data and its address
     */
    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        Path folder = Path.of(arguments[0]);
        Object neo4j = started(folder.resolve("data"));
        Path written = folder.resolve("address.part");
        Files.writeString(written, String.valueOf(call("Neo4j", neo4j, "boltURI")));
        Files.move(written, folder.resolve(ADDRESS));
        while (System.in.read() >= 0) {
            Thread.onSpinWait(); // nothing is ever sent: the input ends with the process that started this one
        }
        Runtime.getRuntime().halt(0); // an orderly stop takes ten seconds, and its data is thrown away
    }

    private static Object started(Path folder) throws ReflectiveOperationException {
        Object builder = Class.forName("org.neo4j.harness.Neo4jBuilders")
                .getMethod("newInProcessBuilder", Path.class)
                .invoke(null, folder);
        return call("Neo4jBuilder", call("Neo4jBuilder", builder, "withDisabledServer"), "build");
    }

    private static Object call(String type, Object target, String method) throws ReflectiveOperationException {
        try {
            return Class.forName("org.neo4j.harness." + type).getMethod(method).invoke(target);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Neo4j's " + method + " failed", e.getCause());
        }
    }
}
