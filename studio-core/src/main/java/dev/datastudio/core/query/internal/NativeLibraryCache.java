package dev.datastudio.core.query.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Locale;
import java.util.jar.JarEntry;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the DuckDB driver load its native library from a copy that stays, in place of unpacking 70 MB to a temporary file
 * at each start of a JVM.
 *
 * <p>The driver offers no setting for this: its class {@code DuckDBNative} unpacks whatever {@code getResource} finds
 * under a fixed name, and otherwise loads the file of that name from the folder of its jar. The class is therefore
 * defined with one constant changed before the driver first needs it: the beginning of that name becomes the absolute
 * path of the copy, which no resource has and which {@code Path.resolve} takes as it is. Nothing else of the class
 * changes. Where anything is not as expected (another driver, a class already loaded, a named module, Windows), the
 * driver's own way remains.
 *
 * <p>The copy lies in {@code $XDG_CACHE_HOME/studio} or {@code ~/.cache/studio}; the system property {@value #PROPERTY}
 * names another folder, or {@code off}.
 */
final class NativeLibraryCache {
    static final String PROPERTY = "studio.native.cache";

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibraryCache.class);
    private static final String OFF = "off";
    private static final String CLASS_FILE = "/org/duckdb/DuckDBNative.class";
    private static final String LIBRARY_PREFIX = "libduckdb_java.so_";
    private static final int UTF8_TAG = 1;

    private NativeLibraryCache() {}

    /** Prepares the driver; called once, before the first connection. */
    static void prepare() {
        String platform = platform();
        String setting = System.getProperty(PROPERTY, "");
        if (setting.equals(OFF) || platform.isEmpty()) {
            return;
        }
        try {
            URL library = DuckDBDriver.class.getResource("/" + LIBRARY_PREFIX + platform);
            JarEntry entry = library == null ? null : entry(library);
            if (library == null || entry == null) {
                return;
            }
            Path folder = (setting.isEmpty() ? defaultFolder() : Path.of(setting)).toAbsolutePath();
            String version = "duckdb-" + entry.getSize() + "-" + Long.toHexString(entry.getCrc());
            PrivateFolder copies = PrivateFolder.open(folder.resolve(version));
            copies.keep(LIBRARY_PREFIX + platform, library, entry.getSize(), entry.getCrc());
            define(copies.path() + "/" + LIBRARY_PREFIX);
        } catch (IOException | IllegalAccessException | LinkageError e) {
            LOG.info("DuckDB's library is unpacked at each start, as no copy can be kept: {}", e.toString());
        }
    }

    private static Path defaultFolder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("studio");
    }

    /** As the driver names platforms; empty where file owners and permissions can't be checked. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean arm = processor.equals("aarch64") || processor.equals("arm64");
        boolean intel = processor.equals("amd64") || processor.equals("x86_64");
        if (system.startsWith("linux") && (arm || intel)) {
            return arm ? "linux_arm64" : "linux_amd64";
        }
        return "";
    }

    private static @Nullable JarEntry entry(URL library) throws IOException {
        URLConnection connection = library.openConnection();
        return connection instanceof JarURLConnection jar ? jar.getJarEntry() : null;
    }

    private static void define(String prefix) throws IOException, IllegalAccessException {
        byte[] original;
        try (InputStream in = DuckDBDriver.class.getResourceAsStream(CLASS_FILE)) {
            if (in == null) {
                throw new IOException("the driver has no class " + CLASS_FILE);
            }
            original = in.readAllBytes();
        }
        MethodHandles.privateLookupIn(DuckDBDriver.class, MethodHandles.lookup())
                .defineClass(withPrefix(original, prefix));
    }

    /** Changes the text constant of the library's name in a class file (JVM specification, section 4.4). */
    private static byte[] withPrefix(byte[] original, String prefix) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(original));
        ByteArrayOutputStream changed = new ByteArrayOutputStream(original.length + prefix.length());
        DataOutputStream out = new DataOutputStream(changed);
        out.writeLong(in.readLong());
        int constants = in.readUnsignedShort();
        out.writeShort(constants);
        int replaced = 0;
        for (int i = 1; i < constants; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            if (tag == UTF8_TAG) {
                String text = in.readUTF();
                boolean isName = text.equals(LIBRARY_PREFIX);
                replaced += isName ? 1 : 0;
                out.writeUTF(isName ? prefix : text);
            } else {
                out.write(in.readNBytes(length(tag)));
                i += isWide(tag) ? 1 : 0;
            }
        }
        if (replaced != 1) {
            throw new IOException("the driver names its library in another way");
        }
        out.write(in.readAllBytes());
        return changed.toByteArray();
    }

    /** Long and double constants take two numbers. */
    private static boolean isWide(int tag) {
        return tag == 5 || tag == 6;
    }

    private static int length(int tag) throws IOException {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8;
            default -> throw new IOException("the driver's class file has an unknown constant of kind " + tag);
        };
    }
}
