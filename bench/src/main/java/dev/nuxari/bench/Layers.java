package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.StackFile;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** The server's tenancy module alone, in this JVM, on the database of a running stack and as the server's role. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan(basePackageClasses = OrganizationScope.class)
@ConfigurationPropertiesScan(basePackageClasses = OrganizationScope.class)
class Layers {
    @Bean
    InstantSource clock() {
        return Clock.systemUTC();
    }

    static ConfigurableApplicationContext on(StackFile stack, Path data, int connections) {
        Path secrets = data.resolve("secrets");
        return new SpringApplicationBuilder(Layers.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "spring.datasource.url",
                        url(stack),
                        "spring.datasource.username",
                        "nuxari_app",
                        "spring.datasource.password",
                        read(secrets.resolve("nuxari_app.password")),
                        "spring.datasource.hikari.maximum-pool-size",
                        connections,
                        "spring.flyway.enabled",
                        false,
                        "nuxari.tenancy.door-key-file",
                        secrets.resolve("door.key")))
                .run();
    }

    static String url(StackFile stack) {
        Json.Obj postgres = stack.content().object("postgres");
        return "jdbc:postgresql://%s:%d/nuxari".formatted(postgres.string("host"), (int) postgres.number("port"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }
}
