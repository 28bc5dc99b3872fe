package dev.nuxari.agent.release;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.release.Release;
import dev.nuxari.protocol.release.ReleaseVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Archives of a test, also such as no tool makes. */
final class Archives {
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();
    private final StringBuilder list = new StringBuilder();

    /** What a release needs so that the agent takes it: a program that says which version it is. */
    static Archives of(String version) {
        return new Archives()
                .listed("bin/java", "#!/bin/sh\necho " + version + "\n", 0755)
                .listed("java.flags", "", 0644)
                .listed("agent.jar", "classes of " + version, 0644)
                .listed("version", version + "\n", 0644);
    }

    Archives listed(String name, String content, int mode) {
        list.append(Sha256.hexOf(content.getBytes(UTF_8)))
                .append("  ./")
                .append(name)
                .append('\n');
        return file(name, content, mode);
    }

    Archives file(String name, String content, int mode) {
        byte[] bytes = content.getBytes(UTF_8);
        entry(name, '0', mode, bytes.length);
        tar.writeBytes(Arrays.copyOf(bytes, (bytes.length + 511) / 512 * 512));
        return this;
    }

    Archives entry(String name, char type, int mode, long size) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "%07o".formatted(mode));
        put(header, 124, "%011o".formatted(size));
        header[156] = (byte) type;
        put(header, 157, "/etc/passwd"); // where links lead
        put(header, 257, "ustar");
        put(header, 263, "00");
        tar.writeBytes(header);
        return this;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    String listHash() {
        return Sha256.hexOf(list.toString().getBytes(UTF_8));
    }

    byte[] bytes() {
        String files = list.toString();
        if (!files.isEmpty()) {
            file("FILES", files, 0644);
        }
        tar.writeBytes(new byte[1024]);
        return zipped(tar.toByteArray());
    }

    static byte[] zipped(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    /** What the vendor says of these bytes. */
    static Release release(String version, String platform, byte[] bytes, String listHash) {
        return new Release(ReleaseVersion.parse(version), platform, bytes.length, Sha256.hexOf(bytes), listHash);
    }
}
