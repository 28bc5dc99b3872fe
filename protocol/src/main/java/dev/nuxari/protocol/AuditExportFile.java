package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An audit export while it is verified: where its lines are. A line is read when it is asked for, and only the
 * first is kept.
 */
final class AuditExportFile {
    /** An event without anything in it, no proof, and its index: less says nothing. */
    private static final int SHORTEST_LINE = 32;

    private final byte[] bytes;
    private final int[] starts;
    private final int lines;
    private @Nullable Located first;
    private @Nullable ExportHead head;

    /**
     * Finds the lines.
     *
     * @throws JsonException if there are not at least two, one is too long or too short, or the last does not end
     */
    AuditExportFile(byte[] bytes) {
        this.bytes = bytes;
        this.starts = new int[bytes.length / SHORTEST_LINE + 1];
        int found = 0;
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (i - start > AuditExport.LONGEST_LINE) {
                throw new JsonException(place(found), "the line is longer than any of this format");
            }
            if (bytes[i] == AuditExport.LINE_END) {
                if (i - start < SHORTEST_LINE) {
                    throw new JsonException(place(found), "the line is shorter than any of this format");
                }
                starts[found++] = start;
                start = i + 1;
            }
        }
        if (start != bytes.length) {
            throw new JsonException(place(found), "the line does not end");
        }
        if (found < 2) {
            throw new JsonException("", "the file has no first and last line");
        }
        this.lines = found;
    }

    Located first() {
        if (first == null) {
            first = line(0);
        }
        return first;
    }

    ExportHead head() {
        if (head == null) {
            head = new ExportHead(first());
        }
        return head;
    }

    Located last() {
        return line(lines - 1);
    }

    int events() {
        return lines - 2;
    }

    Located event(int number) {
        return line(number + 1);
    }

    /** The digest of everything before the last line. */
    String digest() {
        return Sha256.hexOf(ByteBuffer.wrap(bytes, 0, starts[lines - 1]));
    }

    private Located line(int number) {
        int start = starts[number];
        int end = (number + 1 < lines ? starts[number + 1] : bytes.length) - 1;
        byte[] line = Arrays.copyOfRange(bytes, start, end);
        try {
            Json.Obj parsed = Json.parseObject(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString());
            if (!Arrays.equals(parsed.canonicalBytes(), line)) {
                throw new JsonException("", "not the canonical form (RFC 8785)");
            }
            return new Located(place(number), parsed);
        } catch (CharacterCodingException _) {
            throw new JsonException(place(number), "the line is not UTF-8");
        } catch (JsonException e) {
            throw new JsonException(place(number) + (e.place().isEmpty() ? "" : ", " + e.place()), e.reason());
        }
    }

    /** As editors count. */
    static String place(int number) {
        return "line " + (number + 1);
    }
}
