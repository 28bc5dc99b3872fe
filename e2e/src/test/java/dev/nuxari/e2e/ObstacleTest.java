package dev.nuxari.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.platform.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the way on this machine is said in one line, with exit code 3. */
class ObstacleTest {
    @TempDir
    private Path folder;

    @Test
    void wrongJdk() throws IOException {
        Path old = Files.createDirectories(folder.resolve("jdk-17/bin"));
        Files.writeString(folder.resolve("jdk-17/release"), "JAVA_VERSION=\"17.0.15\"\n");
        for (String program : new String[] {"java", "javac"}) {
            assertThat(Files.createFile(old.resolve(program)).toFile().setExecutable(true))
                    .isTrue();
        }

        Program.Ended ended =
                Program.launch(Map.of("NUXARI_JDK", folder.resolve("jdk-17").toString()), "verify", "nothing.json");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.notes().lines()).singleElement().asString().contains("is not a JDK 25 or later");
    }

    @Test
    void portInUse() {
        int taken = Composed.stack().ground().url().getPort();

        Program.Ended ended =
                Program.run("up", "--data", folder.resolve("data").toString(), "--port", Integer.toString(taken));

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.notes().lines().filter(line -> line.startsWith("nuxari: ")))
                .singleElement()
                .asString()
                .contains("Port " + taken + " is in use");
    }

    @Test
    void folderThatCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        Program.Ended ended = Program.run("up", "--data", file.resolve("data").toString(), "--port", "18999");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.notes().lines().filter(line -> line.startsWith("nuxari: ")))
                .singleElement()
                .asString()
                .contains("data directory");
    }

    @Test
    void fullDisk() {
        Program.Ended ended = Program.runOnSmallDisk(
                folder,
                40,
                "up",
                "--data",
                folder.resolve("data").toString(),
                "--port",
                Integer.toString(Ports.free()));

        assertThat(ended.code()).as(ended.notes()).isEqualTo(3);
        assertThat(ended.notes().lines().filter(line -> line.startsWith("nuxari: ")))
                .singleElement()
                .asString()
                .contains("The disk is full");
    }

    @Test
    void damagedData() throws IOException {
        Path cluster = Files.createDirectories(folder.resolve("data/postgres/cluster"));
        Files.writeString(cluster.resolve("PG_VERSION"), "18\n");

        Program.Ended ended = Program.run(
                "up", "--data", folder.resolve("data").toString(), "--port", Integer.toString(Ports.free()));

        assertThat(ended.code()).as(ended.notes()).isEqualTo(3);
        assertThat(ended.notes().lines().filter(line -> line.startsWith("nuxari: ")))
                .singleElement()
                .asString()
                .contains("PostgreSQL refuses to start on", "postgres.log", "restore it from a backup");
    }
}
