package bare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A web application that does nothing but give the bytes of a file, to be compared with. */
@SpringBootApplication
@RestController
public class BareApplication {
    private final byte[] answer;

    public BareApplication() throws IOException {
        String file = System.getProperty("bare.answer");
        this.answer = file == null ? new byte[0] : Files.readAllBytes(Path.of(file));
    }

    public static void main(String[] arguments) {
        SpringApplication.run(BareApplication.class, arguments);
    }

    /** As a question is asked: JSON in, JSON out. */
    public record Asked(String file_id, String question) {}

    @PostMapping("/ask")
    public ResponseEntity<byte[]> ask(@RequestBody Asked asked) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer);
    }

    @GetMapping("/actuator/health")
    public String health() {
        return "UP";
    }
}
