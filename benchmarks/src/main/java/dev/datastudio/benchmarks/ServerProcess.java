package dev.datastudio.benchmarks;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A web server in a process of its own, from its start until it is closed. */
final class ServerProcess implements AutoCloseable {
    private static final String HEALTH = "/actuator/health";
    private static final long START_SECONDS = 120;
    private static final long END_SECONDS = 30;
    private static final int LOOK_EVERY_MILLIS = 10;

    /** What an application with nothing but Boot's starter for Spring MVC has on its class path. */
    private static final Pattern BARE = Pattern.compile("(spring-boot-(\\d|autoconfigure|http-converter|jackson|servlet"
            + "|tomcat|web-server|webmvc)|spring-(aop|beans|context|core|expression|web|webmvc)-\\d|tomcat-embed"
            + "|jackson-(core|databind)-3|jackson-annotations|micrometer-(commons|observation)-|logback|slf4j-api"
            + "|jul-to-slf4j|log4j-|snakeyaml|jakarta.annotation|commons-logging|jspecify).*\\.jar");

    private final Process process;
    private final int port;
    private final double millis;

    private ServerProcess(Process process, int port, double millis) {
        this.process = process;
        this.port = port;
        this.millis = millis;
    }

    /** The application, as {@code ./studio serve} starts it. */
    static ServerProcess studio(Path home, Path scratch) throws Exception {
        int port = freePort();
        return start(
                List.of(
                        home.resolve("studio").toString(),
                        "serve",
                        "--port",
                        String.valueOf(port),
                        "--workspace",
                        scratch.resolve("workspace").toString()),
                port,
                scratch.resolve("studio.log"));
    }

    /** Has the application built, so that no start is measured with its build. */
    static void build(Path home) throws IOException, InterruptedException {
        Child.run(List.of(home.resolve("studio").toString(), "serve", "--help"), java.util.Map.of());
    }

    /**
     * A Spring MVC application that does nothing but give some bytes.
     *
     * @param answer the file with them
     */
    static ServerProcess bare(Path home, Path scratch, Path answer) throws Exception {
        int port = freePort();
        String path = bareClassPath(home, scratch);
        return start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:disable",
                        "-Dbare.answer=" + answer,
                        "-cp",
                        path,
                        "bare.BareApplication",
                        "--server.port=" + port),
                port,
                scratch.resolve("bare.log"));
    }

    private static String bareClassPath(Path home, Path scratch) throws IOException {
        List<String> path = new ArrayList<>();
        Path classes = scratch.resolve("bare");
        path.add(classes.toString());
        try (Stream<Path> jars = Files.list(home.resolve("reference-app/target/app/lib"))) {
            jars.filter(jar -> BARE.matcher(jar.getFileName().toString()).matches())
                    .forEach(jar -> path.add(jar.toString()));
        }
        String all = String.join(java.io.File.pathSeparator, path);
        if (!Files.exists(classes)) {
            compile(classes, all);
        }
        return all;
    }

    private static void compile(Path classes, String path) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IOException("The bare application is compiled here, which takes a JDK, not a JRE");
        }
        Path source = Files.createDirectories(classes).resolve("BareApplication.java");
        try (var from = ServerProcess.class.getResourceAsStream("/peer/BareApplication.java")) {
            Files.write(source, java.util.Objects.requireNonNull(from).readAllBytes());
        }
        int code =
                compiler.run(null, null, null, "-parameters", "-cp", path, "-d", classes.toString(), source.toString());
        if (code != 0) {
            throw new IOException("The bare application does not compile");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static ServerProcess start(List<String> command, int port, Path log) throws Exception {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        while (!isHealthy(port)) {
            boolean isLate = System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(START_SECONDS);
            if (isLate || !process.isAlive()) {
                process.destroyForcibly();
                throw new IOException("Did not start: " + command + "\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
        return new ServerProcess(process, port, (System.nanoTime() - begin) / 1e6);
    }

    private static boolean isHealthy(int port) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + HEALTH).toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(10_000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** From the start of the process until it said that it is healthy. */
    double startMillis() {
        return millis;
    }

    /** What of the heap is in use after a collection, in megabytes. */
    double heapMegabytes() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String pid = String.valueOf(process.pid());
        Child.run(List.of(jcmd, pid, "GC.run"), java.util.Map.of());
        String heap = Child.run(List.of(jcmd, pid, "GC.heap_info"), java.util.Map.of())
                .output();
        long kilobytes = Pattern.compile("(?:heap|generation) +total \\d+K, used (\\d+)K")
                .matcher(heap)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
        if (kilobytes == 0) {
            throw new IOException("No use of the heap in: " + heap);
        }
        return kilobytes / 1024.0;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IOException("Not ended " + END_SECONDS + " s after it was asked to");
    }
}
