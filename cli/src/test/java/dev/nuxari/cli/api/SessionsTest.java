package dev.nuxari.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
    private static final Session SESSION = new Session(
            URI.create("https://nuxari.example"),
            URI.create("https://broker.example/realms/nuxari"),
            "00000000-0000-0000-0000-000000000001",
            "ada@acme.example",
            new Session.Tokens("access", "refresh", Instant.parse("2026-01-01T00:00:00Z")));

    @TempDir
    private Path folder;

    @Test
    void sessionIsReadAsItWasWritten() {
        Sessions sessions = new Sessions(folder.resolve("nuxari"));

        sessions.save(SESSION);

        assertThat(sessions.load()).contains(SESSION);
    }

    @Test
    void onlyItsOwnerMayReadTheFile() throws IOException {
        Sessions sessions = new Sessions(folder.resolve("nuxari"));

        sessions.save(SESSION);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sessions.file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("nuxari"))))
                .isEqualTo("rwx------");
    }

    @Test
    void sessionPrintsWithoutItsTokens() {
        assertThat(SESSION.toString()).doesNotContain("access", "refresh");
    }

    @Test
    void damagedFileSaysHowToMend() throws IOException {
        Sessions sessions = new Sessions(folder);
        Files.writeString(sessions.file(), "{");

        assertThatThrownBy(sessions::load).isInstanceOf(Unreachable.class).hasMessageContaining("nuxari login");
    }

    @Test
    void forgottenSessionIsGone() {
        Sessions sessions = new Sessions(folder);
        sessions.save(SESSION);

        assertThat(sessions.forget()).isTrue();

        assertThat(sessions.load()).isEmpty();
        assertThat(sessions.forget()).isFalse();
    }
}
