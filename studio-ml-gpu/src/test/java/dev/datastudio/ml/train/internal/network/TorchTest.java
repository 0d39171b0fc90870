package dev.datastudio.ml.train.internal.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TorchTest {
    @Test
    void namesTheArtifactWhenTheNativeLibraryIsNotThere() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("pytorch-native")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader without =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Method engine = without.loadClass(Torch.class.getName()).getDeclaredMethod("engine");
            engine.setAccessible(true);

            InvocationTargetException error = assertThrows(InvocationTargetException.class, () -> engine.invoke(null));

            String message = String.valueOf(error.getCause());
            assertTrue(message.contains("ai.djl.pytorch:pytorch-native-cpu:2.7.1"), message);
        }
    }

    @Test
    void startsWithoutANetworkAndLeavesThatSettingAsItWas() {
        String before = System.getProperty("ai.djl.offline");

        assertEquals("PyTorch", Torch.engine().getEngineName());

        assertEquals(before, System.getProperty("ai.djl.offline"));
        assertEquals("true", System.getProperty("OPT_OUT_TRACKING"));
    }
}
