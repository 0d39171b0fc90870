package dev.datastudio.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sample data in {@code examples/data} is what its generator writes, byte for byte, on the Java of this run. */
class SampleDataTest {
    private final Path examples = Path.of("..", "examples").toAbsolutePath().normalize();

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void theGeneratorWritesTheShippedOrders(@TempDir Path folder) throws IOException, InterruptedException {
        Path written = folder.resolve("shop-orders.csv");
        List<String> command = new ArrayList<>();
        command.add(JavaCommand.program().toString());
        command.addAll(JavaCommand.options());
        command.add(examples.resolve("ShopOrders.java").toString());

        int exit = new ProcessBuilder(command)
                .redirectOutput(written.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();

        assertEquals(0, exit);
        assertEquals(-1, Files.mismatch(written, examples.resolve("data/shop-orders.csv")), "first byte that differs");
    }
}
