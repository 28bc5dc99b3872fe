package dev.nuxari.server.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SecretTest {
    private static final Secret SECRET = Secret.of(Map.of("username", "operator", "password", "hunter2-hunter2"));

    @Test
    @Claim("E1")
    void printsAsStars() {
        assertThat(SECRET).hasToString("***");
        assertThat("%s".formatted(SECRET)).isEqualTo("***");
    }

    @Test
    @Claim("E1")
    void hasNothingThatAJsonLibraryWouldWrite() {
        String json;
        try {
            json = JsonMapper.builder().build().writeValueAsString(Map.of("secret", SECRET));
        } catch (RuntimeException e) {
            json = String.valueOf(e.getMessage());
        }

        assertThat(json).doesNotContain("hunter2", "operator");
    }

    @Test
    void fieldsAreRevealedOneByOne() {
        assertThat(SECRET.reveal("password")).contains("hunter2-hunter2");
        assertThat(SECRET.reveal("token")).isEmpty();
        assertThat(SECRET.names()).containsExactlyInAnyOrder("username", "password");
    }

    @Test
    void bytesReadBackAreTheSameSecret() {
        Secret read = Secret.parse(SECRET.toBytes());

        assertThat(read.reveal("password")).isEqualTo(SECRET.reveal("password"));
        assertThat(read.names()).isEqualTo(SECRET.names());
    }

    @Test
    @Claim("E1")
    void refusalOfNonsenseDoesNotRepeatTheValue() {
        String value = "hunter2".repeat(5_000);

        assertThatThrownBy(() -> Secret.of(Map.of("password", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains("password")
                .doesNotContain("hunter2");
        assertThatThrownBy(() -> Secret.of(Map.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
