package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.ConsistencyProof;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.EntryBundle;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NoteSigner;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.StrictBase64;
import dev.nuxari.transparency.Tile;
import dev.nuxari.transparency.TlogProof;
import dev.nuxari.transparency.Verification.Verified;
import dev.nuxari.transparency.VerifierKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The small formats of the log: whatever is read is written as it was found, and nothing unsigned is verified. */
public final class FuzzedNotes {
    static final byte[] ENTRY = "entry 1".getBytes(UTF_8);
    private static final MerkleHash LEAF = MerkleHash.leaf(ENTRY);
    private static final MerkleHash SIBLING = MerkleHash.leaf("entry 0".getBytes(UTF_8));
    private static final NoteSigner SIGNER = new NoteSigner(
            "log.example/log/1", new Ed25519PrivateKey("0123456789abcdef0123456789abcdef".getBytes(UTF_8)));
    static final VerifierKey KEY = SIGNER.verifierKey();
    static final SignedNote NOTE = new Checkpoint(SIGNER.name(), 2, MerkleHash.node(SIBLING, LEAF)).sign(SIGNER);
    static final TlogProof PROOF = TlogProof.of(new InclusionProof(1, 2, List.of(SIBLING)), NOTE);

    private static final List<Consumer<byte[]>> READERS = List.of(
            FuzzedNotes::note,
            FuzzedNotes::checkpoint,
            FuzzedNotes::proof,
            FuzzedNotes::key,
            FuzzedNotes::bundle,
            FuzzedNotes::tile,
            FuzzedNotes::inclusion,
            FuzzedNotes::consistency,
            FuzzedNotes::hash,
            FuzzedNotes::event,
            FuzzedNotes::envelope);

    private FuzzedNotes() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            READERS.get(Demanded.choice(input, READERS.size())).accept(Demanded.rest(input));
        } catch (IllegalArgumentException refused) {
            Demanded.that(refused.getMessage() != null, "refused without a reason: " + refused.getClass());
        }
    }

    private static void note(byte[] input) {
        String text = new String(input, UTF_8);
        SignedNote note = SignedNote.parse(text);
        Demanded.that(note.encoded().equals(text), "a note is written otherwise");
        Demanded.that(
                !(note.verify(KEY) instanceof Verified) || note.text().equals(NOTE.text()), "verified another note");
    }

    private static void checkpoint(byte[] input) {
        String text = new String(input, UTF_8);
        Demanded.that(Checkpoint.parse(text).text().equals(text), "a checkpoint is written otherwise");
    }

    private static void proof(byte[] input) {
        String text = new String(input, UTF_8);
        TlogProof proof = TlogProof.parse(text);
        Demanded.that(proof.encoded().equals(text), "a proof is written otherwise");
        boolean genuine = proof.index() == PROOF.index()
                && proof.path().equals(PROOF.path())
                && proof.checkpoint().text().equals(NOTE.text());
        Demanded.that(!(proof.verify(ENTRY, KEY) instanceof Verified) || genuine, "verified another proof");
    }

    private static void key(byte[] input) {
        String text = new String(input, UTF_8);
        Demanded.that(VerifierKey.parse(text).encoded().equals(text), "a key is written otherwise");
    }

    private static void bundle(byte[] input) {
        Demanded.that(Arrays.equals(EntryBundle.parse(input).encoded(), input), "a bundle is written otherwise");
    }

    private static void tile(byte[] input) {
        String path = new String(input, UTF_8);
        Tile.parse(path).ifPresent(tile -> Demanded.that(tile.path().equals(path), "a tile is written otherwise"));
    }

    private static void inclusion(byte[] input) {
        ByteBuffer numbers = numbers(input);
        InclusionProof proof = new InclusionProof(numbers.getLong(), numbers.getLong(), hashes(numbers));
        Demanded.that(!(proof.verify(LEAF, MerkleHash.EMPTY) instanceof Verified), "verified what is not there");
    }

    private static void consistency(byte[] input) {
        ByteBuffer numbers = numbers(input);
        ConsistencyProof proof = new ConsistencyProof(numbers.getLong(), numbers.getLong(), hashes(numbers));
        Demanded.that(!(proof.verify(LEAF, SIBLING) instanceof Verified), "verified what was rewritten");
    }

    private static ByteBuffer numbers(byte[] input) {
        return ByteBuffer.wrap(Arrays.copyOf(input, Math.max(input.length, 2 * Long.BYTES)));
    }

    private static List<MerkleHash> hashes(ByteBuffer rest) {
        List<MerkleHash> hashes = new ArrayList<>();
        byte[] hash = new byte[32];
        while (rest.remaining() >= hash.length) {
            rest.get(hash);
            hashes.add(MerkleHash.of(hash));
        }
        return hashes;
    }

    private static void hash(byte[] input) {
        String text = new String(input, ISO_8859_1);
        if (text.startsWith("=")) {
            String base64 = text.substring(1);
            Demanded.that(
                    StrictBase64.encode(StrictBase64.decode(base64)).equals(base64), "base64 is written otherwise");
        } else {
            Demanded.that(MerkleHash.parse(text).hex().equals(text), "a hash is written otherwise");
        }
    }

    private static void event(byte[] input) {
        new AuditEventRule("nuxari.example/log/" + RecordedWorkflow.ORGANIZATION)
                .objection(5, input)
                .ifPresent(objection -> Demanded.that(!objection.isBlank(), "objects without a reason"));
    }

    private static void envelope(byte[] input) {
        String type = new String(input, 0, input.length / 2, ISO_8859_1);
        byte[] payload = Arrays.copyOfRange(input, input.length / 2, input.length);
        byte[] encoded = Dsse.preAuthenticationEncoding(type, payload);
        byte[] word = type.getBytes(UTF_8);
        byte[] head = "DSSEv1 %d ".formatted(word.length).getBytes(UTF_8);
        Demanded.that(Arrays.equals(encoded, 0, head.length, head, 0, head.length), "the type's length is another");
        int end = head.length + word.length;
        Demanded.that(Arrays.equals(encoded, head.length, end, word, 0, word.length), "the type is another");
        Demanded.that(
                Arrays.equals(encoded, encoded.length - payload.length, encoded.length, payload, 0, payload.length),
                "the payload is another");
    }
}
