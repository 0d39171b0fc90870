package dev.datastudio.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Packages of Debian 13, fetched by {@code apt-get} to a folder, as files: nothing is installed, and the lists of the
 * machine stay as they are. Their signatures are checked by the keys that the machine trusts.
 */
final class DebianPackages {
    private final Path apt;

    private DebianPackages(Path apt) {
        this.apt = apt;
    }

    /**
     * Reads what there is.
     *
     * @param apt a folder for the lists and the packages
     * @throws IOException if this is no Debian, or the mirror that it has its own packages from can't be read
     */
    static DebianPackages at(Path apt) throws IOException, InterruptedException {
        DebianPackages packages = new DebianPackages(apt);
        packages.configure(mirror());
        packages.run("update");
        return packages;
    }

    /** A configuration that keeps lists and packages apart from those of the machine, and trusts the machine's keys. */
    private void configure(String mirror) throws IOException {
        Files.createDirectories(apt.resolve("lists/partial"));
        Files.createDirectories(apt.resolve("archives/partial"));
        Path none = Files.createDirectories(apt.resolve("none"));
        Path sources = apt.resolve("sources.list");
        Files.writeString(sources, "deb " + mirror + " trixie main\ndeb-src " + mirror + " trixie main\n");
        Files.writeString(apt.resolve("apt.conf"), """
                Dir::State "%1$s";
                Dir::State::status "/dev/null";
                Dir::Cache "%1$s";
                Dir::Etc::sourcelist "%2$s";
                Dir::Etc::sourceparts "%3$s";
                Dir::Etc::preferencesparts "%3$s";
                Acquire::Languages "none";
                APT::Sandbox::User "%4$s";
                """.formatted(apt, sources, none, System.getProperty("user.name")));
    }

    /** Where this machine has its own packages from. */
    private static String mirror() throws IOException {
        List<Path> files = new ArrayList<>(List.of(Path.of("/etc/apt/sources.list")));
        Path parts = Path.of("/etc/apt/sources.list.d");
        if (Files.isDirectory(parts)) {
            try (Stream<Path> more = Files.list(parts)) {
                more.filter(p -> p.toString().endsWith(".sources")
                                || p.toString().endsWith(".list"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        for (Path file : files) {
            for (String line : Files.isReadable(file) ? Files.readAllLines(file, UTF_8) : List.<String>of()) {
                for (String word :
                        line.startsWith("URIs:") || line.startsWith("deb ") ? line.split("\\s+", -1) : new String[0]) {
                    if (word.matches("https?://.*/debian/?")) {
                        return word;
                    }
                }
            }
        }
        throw new IOException("there is no Debian mirror in /etc/apt to get packages of Debian 13 from");
    }

    /** Unpacks the files of some packages. */
    void unpack(Path folder, String... names) throws IOException, InterruptedException {
        List<String> download = new ArrayList<>(List.of("download"));
        download.addAll(List.of(names));
        run(download.toArray(String[]::new));
        Path dpkg = Programs.find("dpkg");
        for (Path file : endingWith(".deb")) {
            List<String> unpack = List.of(dpkg.toString(), "-x", file.toString(), folder.toString());
            Programs.run(unpack, Map.of(), apt, apt.resolve("log"));
            Files.delete(file);
        }
    }

    /** Unpacks what a package was made of by its authors, without the folder that all of it is in. */
    void unpackSource(Path folder, String name) throws IOException, InterruptedException {
        run("source", "--download-only", name);
        Path tar = Programs.find("tar");
        Files.createDirectories(folder);
        for (Path file : endingWith(".orig.tar.gz")) {
            List<String> unpack =
                    List.of(tar.toString(), "-xzf", file.toString(), "-C", folder.toString(), "--strip-components=1");
            Programs.run(unpack, Map.of(), apt, apt.resolve("log"));
            Files.delete(file);
        }
    }

    private List<Path> endingWith(String end) throws IOException {
        try (Stream<Path> files = Files.list(apt)) {
            return files.filter(p -> p.toString().endsWith(end)).toList();
        }
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Programs.find("apt-get").toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment =
                Map.of("APT_CONFIG", apt.resolve("apt.conf").toString());
        Programs.run(command, environment, apt, apt.resolve("log"));
    }
}
