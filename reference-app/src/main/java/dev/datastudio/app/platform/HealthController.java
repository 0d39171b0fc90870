package dev.datastudio.app.platform;

import dev.datastudio.app.web.Open;
import dev.datastudio.spring.ComponentHealth;
import dev.datastudio.spring.StudioHealth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the application works, for load balancers, which are nobody: they are told no more than that. */
@RestController
@Tag(name = "studio")
class HealthController {
    private final ObjectProvider<StudioHealth> health;

    HealthController(ObjectProvider<StudioHealth> health) {
        this.health = health;
    }

    /**
     * Whether it works.
     *
     * @param status {@code UP}, or {@code DOWN} when a part that was set up does not work
     */
    @Schema(name = "Health")
    record Health(@Schema(allowableValues = {"UP", "DOWN"}) String status) {}

    @Open
    @GetMapping({"/api/health", "/api/health/"})
    @Operation(operationId = "getHealth", summary = "Whether the application works: 200, or 503 when a part does not")
    ResponseEntity<Health> health() {
        boolean isDown = health.stream()
                .flatMap(each -> each.check().stream())
                .anyMatch(each -> each.state() == ComponentHealth.State.DOWN);
        return ResponseEntity.status(isDown ? 503 : 200).body(new Health(isDown ? "DOWN" : "UP"));
    }
}
