package dev.nuxari.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.cli.demo.Ground;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs in the background says where, and can be stopped. */
class DetachedTest {
    @TempDir
    private Path data;

    @Test
    void stackInTheBackgroundRunsUntilItIsTakenDown() throws IOException {
        Program.Ended up = Program.run(
                "up",
                "--detach",
                "--no-demo",
                "--no-record",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(Ports.free()));
        try {
            assertThat(up.code()).as(up.notes()).isZero();
            Path file = data.resolve("stack.json");
            Json.Obj stack = Json.parseObject(Files.readString(file));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(up.out()).contains("Nuxari is ready: " + stack.string("url"));
            assertThat(up.notes()).contains("./nuxari down --data " + data);
            assertThat(stack.objects("processes"))
                    .extracting(process -> process.string("name"))
                    .containsExactlyInAnyOrder("postgres", "keycloak", "server", "mail");
            assertThat(processes(stack)).hasSize(4).allMatch(ProcessHandle::isAlive);
            assertThat(Ground.of(stack).url()).isEqualTo(URI.create(stack.string("url")));

            Program.Ended down = Program.run("down", "--data", data.toString());

            assertThat(down.code()).as(down.notes()).isZero();
            assertThat(processes(stack)).isEmpty();
            assertThat(file).doesNotExist();
            assertThat(Program.run("down", "--data", data.toString()).out()).contains("Nothing runs on");
        } finally {
            Program.run("down", "--data", data.toString());
        }
    }

    private static List<ProcessHandle> processes(Json.Obj stack) {
        return stack.objects("processes").stream()
                .flatMap(process -> ProcessHandle.of(process.integer("pid")).stream())
                .toList();
    }
}
