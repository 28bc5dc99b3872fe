package dev.nuxari.agent.evidence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Bytes in less room. */
final class Packed {
    private Packed() {}

    static byte[] pack(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /**
     * Undoes it.
     *
     * @throws IllegalArgumentException if it is not so many bytes
     */
    static byte[] unpack(byte[] packed, long length) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            byte[] content = in.readNBytes(Math.toIntExact(length + 1));
            if (content.length != length) {
                throw new IllegalArgumentException("it has another length than it says");
            }
            return content;
        } catch (IOException e) {
            throw new IllegalArgumentException("it cannot be unpacked", e);
        }
    }
}
