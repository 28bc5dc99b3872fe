package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An audit export while it is verified: where its lines are. A line is read when it is asked for, and not kept. */
final class AuditExportFile {
    private final byte[] bytes;
    private final List<Integer> starts = new ArrayList<>();

    /**
     * Finds the lines.
     *
     * @throws JsonException if there are not at least two, one is too long, or the last does not end
     */
    AuditExportFile(byte[] bytes) {
        this.bytes = bytes;
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == AuditExport.LINE_END) {
                starts.add(start);
                start = i + 1;
            }
            if (i - start > AuditExport.LONGEST_LINE) {
                throw new JsonException(place(starts.size()), "the line is longer than any of this format");
            }
        }
        if (start != bytes.length) {
            throw new JsonException(place(starts.size()), "the line does not end");
        }
        if (starts.size() < 2) {
            throw new JsonException("", "the file has no first and last line");
        }
    }

    Located first() {
        return line(0);
    }

    Located last() {
        return line(starts.size() - 1);
    }

    int events() {
        return starts.size() - 2;
    }

    Located event(int number) {
        return line(number + 1);
    }

    /** Everything before the last line. */
    byte[] beforeLast() {
        return Arrays.copyOf(bytes, starts.getLast());
    }

    private Located line(int number) {
        int start = starts.get(number);
        int end = (number + 1 < starts.size() ? starts.get(number + 1) : bytes.length) - 1;
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
