package dev.nuxari.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class KeysConfigTest {
    @TempDir
    Path directory;

    @Test
    void masterKeyIsReadFromItsFile() throws IOException {
        KeysConfig config = bound("nuxari.keys.master-key-file", fileWith(32));

        assertThat(config.masterKey().id()).matches("[0-9a-f]{16}");
    }

    @Test
    void masterKeyOfAnotherLengthIsRefused() throws IOException {
        KeysConfig config = bound("nuxari.keys.master-key-file", fileWith(16));

        assertThatThrownBy(config::masterKey).hasMessageContaining("32 bytes, not 16");
    }

    @Test
    void missingFileIsNamed() {
        KeysConfig config = bound(
                "nuxari.keys.master-key-file", directory.resolve("nothing").toString());

        assertThatThrownBy(config::masterKey).hasMessageContaining("nothing");
    }

    @Test
    void unsetFileIsRefused() {
        assertThatThrownBy(() -> bound("nuxari.keys.master-file", "x"))
                .hasRootCauseMessage("nuxari.keys.master-key-file is not set");
    }

    private String fileWith(int length) throws IOException {
        Path file = directory.resolve("master.key");
        Files.writeString(file, Base64.getEncoder().encodeToString(new byte[length]) + "\n");
        return file.toString();
    }

    private static KeysConfig bound(String name, String value) {
        return new Binder(new MapConfigurationPropertySource(Map.of(name, value)))
                .bindOrCreate("nuxari.keys", KeysConfig.class);
    }
}
