package dev.nuxari.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The agent as its package has it, launcher and all, with this test's Java in place of one of its own: made in no time. A version of it
 * differs in nothing but its number.
 */
record AgentImage(Path folder, String version) {
    static final String VERSION = ours();

    private static final Path AGENT = Composed.HOME.resolve("agent");
    private static final String CLASSES = "dev/nuxari/agent";

    private static String ours() {
        Path source = Composed.HOME.resolve("agent/src/main/java/dev/nuxari/agent/NuxariAgent.java");
        try {
            Matcher found = Pattern.compile("String VERSION = \"(.*)\";").matcher(Files.readString(source, UTF_8));
            assertThat(found.find()).as("a version in " + source).isTrue();
            return found.group(1);
        } catch (IOException e) {
            throw new IllegalStateException("no version", e);
        }
    }

    /** As the vendor builds it. The version has as many letters as ours. */
    static AgentImage in(Path folder, String version) throws IOException {
        AgentImage image = new AgentImage(folder, version);
        Files.createDirectories(folder.resolve("bin"));
        image.starts("exec '%s' \"$@\"".formatted(Path.of(System.getProperty("java.home"), "bin", "java")));
        for (String file : List.of("nuxari-agent", "java.flags")) {
            Files.copy(AGENT.resolve("packaging").resolve(file), folder.resolve(file));
        }
        Files.writeString(folder.resolve("version"), version + "\n");
        image.jar();
        return image;
    }

    /** What is done instead of starting a Java. */
    AgentImage starts(String command) throws IOException {
        Path java = folder.resolve("bin").resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + command + "\n", UTF_8);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return this;
    }

    /** Knows its version and does nothing else. */
    AgentImage neverComesUp() throws IOException {
        return starts("case \"$*\" in *version) echo %s ;; *) exit 1 ;; esac".formatted(version));
    }

    Path launcher() {
        return folder.resolve("nuxari-agent");
    }

    /** By whose word it takes another release. */
    Path root() {
        return folder.resolve("release-root.json");
    }

    /** The classes that know the version, and where all else is. */
    private void jar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
        try (OutputStream out = Files.newOutputStream(folder.resolve("agent.jar"));
                JarOutputStream entries = new JarOutputStream(out, manifest);
                Stream<Path> classes =
                        Files.list(AGENT.resolve("target/classes").resolve(CLASSES))) {
            for (Path file : classes.filter(Files::isRegularFile).sorted().toList()) {
                entries.putNextEntry(new ZipEntry(CLASSES + "/" + file.getFileName()));
                entries.write(versioned(Files.readString(file, ISO_8859_1)).getBytes(ISO_8859_1));
                entries.closeEntry();
            }
        }
    }

    private static String classPath() throws IOException {
        try (Stream<Path> libraries = Files.list(AGENT.resolve("target/lib"))) {
            Stream<Path> ours = Stream.of("agent", "protocol", "transparency", "kernel")
                    .map(module -> Composed.HOME.resolve(module).resolve("target/classes"));
            return Stream.concat(ours, libraries)
                    .map(path -> path.toUri().toString())
                    .collect(Collectors.joining(" "));
        }
    }

    /** A constant in a class file: its kind, its length in two bytes, its letters. */
    private String versioned(String bytes) {
        assertThat(version).hasSameSizeAs(VERSION);
        String kind = "\u0001\u0000" + (char) version.length();
        return bytes.replace(kind + VERSION, kind + version);
    }
}
