package dev.nuxari.server.api;

import dev.nuxari.server.tenancy.DatabaseHealth;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Live: the process answers. Ready: it can also do its work. */
@RestController
class HealthController {
    private static final HealthView UP = new HealthView("up");

    private final DatabaseHealth database;

    HealthController(DatabaseHealth database) {
        this.database = database;
    }

    record HealthView(String status) {}

    @GetMapping("/health/live")
    HealthView live() {
        return UP;
    }

    @GetMapping("/health/ready")
    HealthView ready() {
        database.check();
        return UP;
    }
}
