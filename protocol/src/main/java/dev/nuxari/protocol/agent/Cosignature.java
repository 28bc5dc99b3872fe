package dev.nuxari.protocol.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.Ed25519PublicKey;
import dev.nuxari.transparency.NoteSignature;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.StrictBase64;
import dev.nuxari.transparency.VerifierKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An agent's word that a checkpoint continues all it has seen of the log (C2SP tlog-cosignature, version 1).
 *
 * @param name of the witness
 */
public record Cosignature(String name, Ed25519PublicKey key) {
    private static final byte[] TYPE = {0x04};
    private static final String LOG_PATH = "/log/";

    /** The witness that this agent is for a log: {@code <server host>/agent/<agent>}. */
    public static Cosignature of(String origin, UUID agent, Ed25519PublicKey key) {
        int path = origin.lastIndexOf(LOG_PATH);
        if (path < 1) {
            throw new IllegalArgumentException("the name of a log is <server host>/log/<organization>");
        }
        return new Cosignature(origin.substring(0, path) + "/agent/" + agent, key);
    }

    /**
     * Reads a witness's vkey, {@code <name>+<key id>+<base64(0x04 || key)>}.
     *
     * @throws IllegalArgumentException if it is malformed, of another algorithm, or its key id is not its own
     */
    public static Cosignature parse(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        byte[] typed = parts.length == 3 ? StrictBase64.decode(parts[2]) : new byte[0];
        if (typed.length != TYPE.length + Ed25519PublicKey.LENGTH || typed[0] != TYPE[0]) {
            throw new IllegalArgumentException("the key of a witness is name+id+key, and its type is 4");
        }
        var witness =
                new Cosignature(parts[0], new Ed25519PublicKey(Arrays.copyOfRange(typed, TYPE.length, typed.length)));
        if (!witness.encoded().equals(vkey)) {
            throw new IllegalArgumentException("the key id of this key is another one");
        }
        return witness;
    }

    /** The vkey, as verifiers of other makers read it. */
    public String encoded() {
        byte[] typed = ByteBuffer.allocate(TYPE.length + Ed25519PublicKey.LENGTH)
                .put(TYPE)
                .put(key.bytes())
                .array();
        return name + "+" + HexFormat.of().formatHex(keyId()) + "+" + StrictBase64.encode(typed);
    }

    /** Adds the cosignature to a note. */
    public SignedNote sign(SignedNote checkpoint, Ed25519PrivateKey privateKey, Instant now) {
        Checkpoint.parse(checkpoint.text());
        byte[] signature = privateKey.sign(message(now.getEpochSecond(), checkpoint.text()));
        byte[] blob = ByteBuffer.allocate(keyId().length + Long.BYTES + signature.length)
                .put(keyId())
                .putLong(now.getEpochSecond())
                .put(signature)
                .array();
        return checkpoint.with(new NoteSignature(name, StrictBase64.encode(blob)));
    }

    /** When this witness has cosigned the note; empty if it has not, or one of the lines in its name is wrong. */
    public Optional<Instant> verify(SignedNote note) {
        Instant latest = null;
        for (NoteSignature line : lines(note)) {
            Optional<Instant> at = verify(note, line.signature());
            if (at.isEmpty()) {
                return at;
            }
            latest = at.get();
        }
        return Optional.ofNullable(latest);
    }

    /** Whether the note has a line in the name of this witness that the witness has not made for it. */
    public boolean isForgedIn(SignedNote note) {
        return !lines(note).isEmpty() && verify(note).isEmpty();
    }

    private List<NoteSignature> lines(SignedNote note) {
        String keyId = HexFormat.of().formatHex(keyId());
        return note.signatures().stream()
                .filter(line -> line.name().equals(name) && line.keyId().equals(keyId))
                .toList();
    }

    private Optional<Instant> verify(SignedNote note, byte[] timestamped) {
        if (timestamped.length != Long.BYTES + Ed25519PublicKey.SIGNATURE_LENGTH) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(timestamped);
        long time = buffer.getLong();
        byte[] signature = new byte[Ed25519PublicKey.SIGNATURE_LENGTH];
        buffer.get(signature);
        boolean plausible = time >= 0 && time <= Instant.MAX.getEpochSecond();
        return plausible && key.verifies(signature, message(time, note.text()))
                ? Optional.of(Instant.ofEpochSecond(time))
                : Optional.empty();
    }

    private byte[] keyId() {
        return HexFormat.of().parseHex(VerifierKey.keyId(name, TYPE, key.bytes()));
    }

    private static byte[] message(long time, String text) {
        return ("cosignature/v1\ntime " + time + "\n" + text).getBytes(UTF_8);
    }
}
