package dev.datastudio.testkit.planted;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.lang.invoke.MethodHandles;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.logging.Logger;
import javax.script.ScriptEngine;
import javax.script.ScriptException;

/** One planted danger in each nested type. */
public final class Foreign {
    private Foreign() {}

    public static class Script {
        public Object run(ScriptEngine engine) throws ScriptException {
            return engine.eval("1 + 1");
        }
    }

    public static class Exec {
        public Process run() throws IOException {
            return Runtime.getRuntime().exec(new String[] {"true"});
        }
    }

    public static class Builder {
        public Process run() throws IOException {
            return new ProcessBuilder("true").start();
        }
    }

    public static class Loader {
        public ClassLoader load(URL url) {
            return new URLClassLoader(new URL[] {url});
        }
    }

    public static class Definer extends ClassLoader {
        public Class<?> define(byte[] code) {
            return defineClass("Planted", code, 0, code.length);
        }
    }

    public static class LookupDefiner {
        public Class<?> define(byte[] code) throws IllegalAccessException {
            return MethodHandles.lookup().defineClass(code);
        }
    }

    public static class Deserialiser {
        public Object read(InputStream in) throws IOException, ClassNotFoundException {
            return new ObjectInputStream(in).readObject();
        }
    }

    public static class OldLog {
        public void log() {
            Logger.getLogger("planted").info("planted");
        }
    }

    public static class Printer {
        public void print() {
            System.out.println("planted");
        }
    }

    public static class TracePrinter {
        public void print(Exception failure) {
            failure.printStackTrace();
        }
    }

    public static class Harmless {
        public int cores() {
            return Runtime.getRuntime().availableProcessors();
        }
    }
}
