package dev.nuxari.server;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.modulith.Modulithic;

/** Where the server starts. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Modulithic
public class NuxariServer {
    public static void main(String[] args) {
        SpringApplication.run(NuxariServer.class, args);
    }

    /** Ticks in microseconds, as PostgreSQL does: an instant is the same before and after it was stored. */
    @Bean
    InstantSource clock() {
        return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
    }
}
