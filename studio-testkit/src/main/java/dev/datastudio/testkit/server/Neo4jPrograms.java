package dev.datastudio.testkit.server;

import dev.datastudio.testkit.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Neo4j's test harness, fetched once with Maven to a folder of the user's own below the temporary one and found there by
 * the next process. It is under the GPL: nothing here compiles against it, and no module has it on its class path.
 */
final class Neo4jPrograms {
    private static final String VERSION = "5.26.30";
    private static final String FETCH = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
    private static final String PROJECT = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>dev.datastudio.testkit</groupId>
              <artifactId>neo4j-server</artifactId>
              <version>1</version>
              <packaging>pom</packaging>
              <dependencies>
                <dependency>
                  <groupId>org.neo4j.test</groupId>
                  <artifactId>neo4j-harness</artifactId>
                  <version>%s</version>
                </dependency>
              </dependencies>
            </project>
            """;

    private final Path folder;

    private Neo4jPrograms(Path folder) {
        this.folder = folder;
    }

    /** @throws IOException if Maven is missing or can't fetch it, in words for the reader of a skipped test */
    static Neo4jPrograms fetched() throws IOException, InterruptedException {
        Path folder = OwnFolder.named("studio-neo4j-" + VERSION);
        Path done = folder.resolve("complete");
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.exists(done)) {
                Files.writeString(folder.resolve("pom.xml"), PROJECT.formatted(VERSION));
                List<String> fetch = List.of(
                        Programs.find("mvn").toString(),
                        "-B",
                        "-q",
                        FETCH,
                        "-DincludeScope=runtime",
                        "-DoutputDirectory=" + folder.resolve("libraries"));
                Programs.run(fetch, Map.of(), folder, folder.resolve("maven.log"));
                Files.createFile(done);
            }
        }
        return new Neo4jPrograms(folder);
    }

    /** Starts the server's process, whose output goes to a file; it ends when its input does. */
    Process start(Path own, Path output) throws IOException {
        String classPath = ownClasses() + File.pathSeparator + folder.resolve("libraries") + "/*";
        List<String> command = new ArrayList<>();
        command.add(JavaCommand.program().toString());
        command.addAll(JavaCommand.options());
        command.addAll(List.of("-Xmx384m", "-cp", classPath, Neo4jMain.class.getName(), own.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** The jar or the folder that this class came from. */
    private static Path ownClasses() throws IOException {
        CodeSource source = Neo4jPrograms.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the test kit's own classes are not in files", e);
        }
    }
}
