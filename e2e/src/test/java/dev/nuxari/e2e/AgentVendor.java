package dev.nuxari.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.platform.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whoever makes releases of the agent, with keys of this test. What is published is where the stack's servers copy it from. */
final class AgentVendor {
    private static final String PLATFORM =
            "linux-" + (System.getProperty("os.arch").equals("aarch64") ? "arm64" : System.getProperty("os.arch"));

    private final Path folder;
    private final Path keys;

    AgentVendor(Path folder) throws IOException {
        this.folder = Files.createDirectory(folder);
        this.keys = folder.resolve("keys");
        Folders.delete(Composed.RELEASES);
        done("keys", keys.toString());
        done("root", Composed.RELEASES.toString(), "--keys", keys.toString());
    }

    /** The package that hosts begin with: the one that has a root of trust. */
    AgentImage agentPackage() throws IOException {
        AgentImage image = AgentImage.in(folder.resolve("package"), AgentImage.VERSION);
        Files.copy(Composed.RELEASES.resolve("1.root.json"), image.root());
        return image;
    }

    AgentImage image(String version) throws IOException {
        return AgentImage.in(folder.resolve(version), version);
    }

    void publish(AgentImage image) {
        Path archive = folder.resolve("nuxari-agent-" + image.version() + "-" + PLATFORM + ".tar.gz");
        Path script = Composed.HOME.resolve("agent/packaging/archive-folder");
        Program.Ended packed = Program.other(script.toString(), image.folder().toString(), archive.toString());
        assertThat(packed.code()).as(packed.notes()).isZero();
        done("add", Composed.RELEASES.toString(), archive.toString(), "--keys", keys.toString());
    }

    /** That somebody asks the fleet to become. */
    static String[] update(String version) {
        return new String[] {
            "agents",
            "update",
            version,
            "--releases",
            Composed.RELEASES.toString(),
            "--platform",
            PLATFORM,
            "--output",
            "json"
        };
    }

    private static void done(String verb, String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "agent-release";
        all[1] = verb;
        System.arraycopy(words, 0, all, 2, words.length);
        Program.Ended ended = Program.run(all);
        assertThat(ended.code()).as(ended.out() + ended.notes()).isZero();
    }
}
