package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Json;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The contract is visible in review: {@code docs/openapi.json} is what the server says. After a change that is meant, run
 * this test with {@code -Dnuxari.openapi.write=true} and commit the file.
 */
@ServerTest
class OpenApiTest {
    private static final Path COMMITTED = Path.of("..", "docs", "openapi.json");

    @Autowired
    TestHttp http;

    @Test
    void committedDescriptionIsTheServersOwn() throws IOException {
        String served = pretty(http.anonymous().get("/api/openapi.json").body());
        if (Boolean.getBoolean("nuxari.openapi.write")) {
            Files.writeString(COMMITTED, served);
        }

        assertThat(Files.readString(COMMITTED)).isEqualTo(served);
    }

    @Test
    void everyRouteOfTheApiIsDescribed() {
        Json.Obj paths = Json.parseObject(
                        http.anonymous().get("/api/openapi.json").body())
                .object("paths");

        assertThat(Routes.all().table().keySet().stream().map(Routes.Route::pattern))
                .containsAll(paths.members().keySet());
        assertThat(paths.members()).containsKey("/api/v1/organizations/{organizationId}/members");
    }

    private static String pretty(String json) {
        JsonMapper mapper = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
        return mapper.writeValueAsString(mapper.readValue(json, Object.class)) + "\n";
    }
}
