package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.release.Release;
import dev.nuxari.protocol.release.ReleaseVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The real program as an image, with the Java of this test in place of one of its own: made in no time. Its version is written into its classes,
 * so that there can be several.
 */
final class ReleaseInHand {
    private static final String CLASSES = "dev/nuxari/agent";

    private ReleaseInHand() {}

    /** An image like those that {@code packaging/image} links. */
    static Path image(Path folder, String version) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        script(
                folder.resolve("bin/java"),
                "exec '%s' -Xshare:auto \"$@\"".formatted(Path.of(System.getProperty("java.home"), "bin", "java")));
        for (String file : new String[] {"nuxari-agent", "java.flags"}) {
            Files.copy(Packaging.FOLDER.resolve(file), folder.resolve(file));
        }
        Files.writeString(folder.resolve("version"), version + "\n");
        jar(folder.resolve("agent.jar"), version);
        return folder;
    }

    static void script(Path file, String command) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + command + "\n", UTF_8);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made a program");
        }
    }

    /** The agent's own classes, and where all else is. */
    private static void jar(Path jar, String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(System.getProperty("java.class.path").split(":", -1))
                                .map(entry -> Path.of(entry).toUri())
                                .map(URI::toString)
                                .collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                Stream<Path> classes = Files.list(ours().resolve(CLASSES))) {
            for (Path file : classes.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                entries.putNextEntry(new ZipEntry(CLASSES + "/" + file.getFileName()));
                entries.write(versioned(Files.readAllBytes(file), version));
                entries.closeEntry();
            }
        }
    }

    private static Path ours() {
        return Path.of(URI.create(NuxariAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    /** The constant is in the class files as it was in the source: length and letters. */
    private static byte[] versioned(byte[] bytes, String version) {
        byte[] mine = NuxariAgent.VERSION.getBytes(US_ASCII);
        byte[] other = version.getBytes(US_ASCII);
        if (mine.length != other.length) {
            throw new IllegalArgumentException("a version of as many letters: " + version);
        }
        byte[] changed = bytes.clone();
        for (int i = 3; i + mine.length <= changed.length; i++) {
            boolean constant = changed[i - 3] == 1 && changed[i - 2] == 0 && changed[i - 1] == mine.length;
            if (constant && Arrays.equals(changed, i, i + mine.length, mine, 0, mine.length)) {
                System.arraycopy(other, 0, changed, i, other.length);
            }
        }
        return changed;
    }

    /** The archive of an image, by the vendor's own script. */
    static byte[] archive(Path image, Path file) throws IOException, InterruptedException {
        Packaging.run("archive-folder", image.toString(), file.toString());
        return Files.readAllBytes(file);
    }

    /** What the vendor says of it. */
    static Release release(Path image, String version, byte[] archive) throws IOException {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : System.getProperty("os.arch");
        return new Release(
                ReleaseVersion.parse(version),
                "linux-" + architecture,
                archive.length,
                Sha256.hexOf(archive),
                Sha256.hexOf(Files.readAllBytes(image.resolve("FILES"))));
    }
}
