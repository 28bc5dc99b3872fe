package dev.nuxari.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The server's program, unpacked: a jar with its libraries beside it starts faster than one with them inside. */
record ServerProgram(Path folder, Cache cache, String key, String jarName) {
    private static final String BUILT = "server/target/nuxari-server-boot.jar";

    /** The jar of this checkout's build, or the one named by the system property {@code nuxari.server}. */
    static Path find() {
        String named = System.getProperty("nuxari.server");
        Path jar = named != null
                ? Path.of(named)
                : Checkout.find()
                        .orElseThrow(() -> new PlatformFailure("Name the server's jar with -Dnuxari.server=JAR"))
                        .resolve(BUILT);
        if (!Files.isRegularFile(jar)) {
            throw new PlatformFailure("The server is not built: there is no " + jar + "; run ./nuxari build");
        }
        return jar;
    }

    static ServerProgram unpack(Path jar) {
        try {
            String key = "server-" + digest(jar).substring(0, 16);
            Cache cache = Cache.standard(Isolation.NONE);
            Path folder = cache.folder(key, target -> {
                cache.forgetUnused("server-");
                // The tool wants to make the folder itself, or find it empty.
                Command.of(
                                java(),
                                "-Djarmode=tools",
                                "-jar",
                                jar.toString(),
                                "extract",
                                "--force",
                                "--destination",
                                "" + target)
                        .run();
            });
            cache.touch(key);
            return new ServerProgram(folder, cache, key, jar.getFileName().toString());
        } catch (IOException e) {
            throw PlatformFailure.of("read " + jar, e);
        }
    }

    private static String digest(Path jar) throws IOException {
        try (InputStream file = Files.newInputStream(jar)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(file, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform implements SHA-256", e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    Path jar() {
        return folder.resolve(jarName);
    }

    /** What the JVM loaded and linked at a recorded start (JEP 514). */
    Path aotCache() {
        return KeycloakHome.aotFile(folder, "server");
    }

    private Path noAotCache() {
        return aotCache().resolveSibling(aotCache().getFileName() + ".failed");
    }

    boolean mayBeRecorded() {
        return !Files.exists(aotCache()) && !Files.exists(noAotCache());
    }

    /** A program that cannot be recorded starts slowly, but it does not try at every start. */
    void doNotRecordAgain() throws IOException {
        Files.createFile(noAotCache());
    }

    void recordOnce(Cache.Work recording) {
        cache.locked(key + "-aot", () -> {
            if (mayBeRecorded()) {
                recording.run();
            }
        });
    }

    List<String> flags() {
        return Files.exists(aotCache()) ? List.of("-XX:AOTCache=" + aotCache()) : List.of();
    }
}
