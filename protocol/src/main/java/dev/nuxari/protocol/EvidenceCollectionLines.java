package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Optional;

/** The lines of an evidence collection, one in memory at a time. */
final class EvidenceCollectionLines {
    private final InputStream in;
    private int read;

    EvidenceCollectionLines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /**
     * The next line.
     *
     * @throws JsonException if it is no line of this format
     * @throws IOException if the file cannot be read, which says nothing about it
     */
    Optional<Located> next() throws IOException {
        String place = "line " + (read + 1);
        Optional<byte[]> line = bytes(place);
        read++;
        return line.map(found -> new Located(place, parsed(found, place)));
    }

    private Optional<byte[]> bytes(String place) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != EvidenceCollection.LINE_END; next = in.read()) {
            if (next < 0 && line.size() == 0) {
                return Optional.empty();
            }
            if (next < 0) {
                throw new JsonException(place, "the line does not end");
            }
            if (line.size() == EvidenceCollection.LONGEST_LINE) {
                throw new JsonException(place, "the line is longer than any of this format");
            }
            line.write(next);
        }
        return Optional.of(line.toByteArray());
    }

    private static Json.Obj parsed(byte[] line, String place) {
        try {
            Json.Obj parsed = Json.parseObject(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString());
            if (!Arrays.equals(parsed.canonicalBytes(), line)) {
                throw new JsonException("", "not the canonical form (RFC 8785)");
            }
            return parsed;
        } catch (CharacterCodingException _) {
            throw new JsonException(place, "the line is not UTF-8");
        } catch (JsonException e) {
            throw new JsonException(place + (e.place().isEmpty() ? "" : ", " + e.place()), e.reason());
        }
    }
}
