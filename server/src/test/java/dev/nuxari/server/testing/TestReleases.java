package dev.nuxari.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of releases that every server of the tests hands out: one small file and one large one. */
public final class TestReleases {
    /** More than is answered at once. */
    public static final int LARGE = 3 * 1024 * 1024 / 2;

    private static final Path FOLDER = make();

    private TestReleases() {}

    public static Path folder() {
        return FOLDER;
    }

    private static Path make() {
        try {
            Path folder = Files.createTempDirectory("nuxari-releases");
            folder.toFile().deleteOnExit();
            Files.writeString(Files.createFile(folder.resolve("timestamp.json")), "{}")
                    .toFile()
                    .deleteOnExit();
            byte[] large = new byte[LARGE];
            large[LARGE - 1] = 'z';
            Files.write(folder.resolve("abc.nuxari-agent-0.2.0-linux-amd64.tar.gz"), large)
                    .toFile()
                    .deleteOnExit();
            Files.writeString(folder.resolve(".secret.json"), "{}").toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
