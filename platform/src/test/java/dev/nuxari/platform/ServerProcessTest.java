package dev.nuxari.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    @TempDir
    Path folder;

    @BeforeEach
    void packFakeServer() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeServer.class.getName());
        String name = FakeServer.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(folder.resolve("server.jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest);
                InputStream code = FakeServer.class.getResourceAsStream("FakeServer.class")) {
            jar.putNextEntry(new JarEntry(name));
            Objects.requireNonNull(code).transferTo(jar);
        }
    }

    @Test
    void isReadyWhenStartedAndGoneWhenClosed() {
        ServerProcess server = start(Ports.free(), Map.of());
        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();

        assertThat(server.alive()).isTrue();
        server.close();

        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void whyItDoesNotStartIsToldInOneLine() {
        assertThatThrownBy(() -> start(Ports.free(), Map.of("LAST_WORDS", "The database does not answer.")))
                .isInstanceOf(PlatformFailure.class)
                .hasMessageStartingWith("The server does not start: The database does not answer. (log: ")
                .message()
                .isNotNull()
                .hasLineCount(1);
    }

    @Test
    void portInUseIsReported() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start(taken.getLocalPort(), Map.of()))
                    .isInstanceOf(PlatformFailure.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void rememberedProcessIsStoppedOnlyIfItIsStillTheSame() {
        ServerProcess server = start(Ports.free(), Map.of());
        OwnProcess remembered = OwnProcess.of("server", server.pid());
        OwnProcess stranger = new OwnProcess("server", server.pid(), remembered.startedAt() - 60_000);

        stranger.stop("TERM", Duration.ofSeconds(5));
        assertThat(server.alive()).isTrue();

        OwnProcess.of(remembered.json()).stop("TERM", Duration.ofSeconds(20));
        assertThat(server.alive()).isFalse();
    }

    @Test
    void dataInUseIsNotStartedOnAgain() {
        try (Stack.DataLock first = Stack.DataLock.take(folder)) {
            assertThat(first.held().isValid()).isTrue();
            assertThatThrownBy(() -> Stack.DataLock.take(folder))
                    .isInstanceOf(PlatformFailure.class)
                    .hasMessageContaining("./nuxari down");
        }
        Stack.DataLock.take(folder).close();
    }

    @Test
    void portsStayWhatTheyWere() {
        int chosen = new RememberedPorts(folder.resolve("ports.json")).port("keycloak");

        RememberedPorts again = new RememberedPorts(folder.resolve("ports.json"));

        assertThat(again.port("keycloak")).isEqualTo(chosen);
        assertThat(again.port("postgres")).isNotEqualTo(chosen);
    }

    private ServerProcess start(int port, Map<String, String> environment) {
        return ServerProcess.start(
                new ServerProgram(folder, new Cache(folder), "fake", "server.jar"),
                new ServerOptions(folder, port, Map.of(), environment, false, Lifetime.OURS),
                Progress.silent());
    }
}
