package dev.nuxari.transparency;

import dev.nuxari.transparency.Verification.Refuted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All that is needed to verify offline that a log holds an entry, in one text (C2SP tlog-proof): its index, the inclusion
 * proof, and the checkpoint it leads to.
 *
 * @param extra whatever somebody put along, base64; nothing vouches for it
 */
public record TlogProof(Optional<String> extra, long index, List<MerkleHash> path, SignedNote checkpoint) {
    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1\n";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    public TlogProof {
        extra.ifPresent(StrictBase64::decode);
        if (index < 0) {
            throw new IllegalArgumentException("an index is not negative");
        }
        path = List.copyOf(path);
    }

    public static TlogProof of(InclusionProof proof, SignedNote checkpoint) {
        return new TlogProof(Optional.empty(), proof.leafIndex(), proof.path(), checkpoint);
    }

    /**
     * Reads what {@link #encoded} writes.
     *
     * @throws IllegalArgumentException if the text is no proof; nothing is verified yet
     */
    public static TlogProof parse(String text) {
        int end = text.indexOf("\n\n");
        if (!text.startsWith(FIRST_LINE) || end < FIRST_LINE.length()) {
            throw new IllegalArgumentException("a proof begins with c2sp.org/tlog-proof@v1 and holds a checkpoint");
        }
        List<String> lines =
                new ArrayList<>(List.of(text.substring(FIRST_LINE.length(), end).split("\n", -1)));
        Optional<String> extra = lines.getFirst().startsWith(EXTRA)
                ? Optional.of(lines.removeFirst().substring(EXTRA.length()))
                : Optional.empty();
        if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
            throw new IllegalArgumentException("a proof names the index of its entry");
        }
        String index = lines.removeFirst().substring(INDEX.length());
        if (!NUMBER.matcher(index).matches()) {
            throw new IllegalArgumentException("an index is a decimal number");
        }
        List<MerkleHash> path = lines.stream()
                .map(line -> MerkleHash.of(StrictBase64.decode(line)))
                .toList();
        return new TlogProof(extra, Long.parseLong(index), path, SignedNote.parse(text.substring(end + 2)));
    }

    /** The text, for a file whose name ends with {@code .tlog-proof}. */
    public String encoded() {
        StringBuilder text = new StringBuilder(FIRST_LINE);
        extra.ifPresent(data -> text.append(EXTRA).append(data).append('\n'));
        text.append(INDEX).append(index).append('\n');
        path.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint.encoded()).toString();
    }

    /** Whether the log with this key has vouched for the entry at this index. */
    public Verification verify(byte[] entry, VerifierKey log) {
        Checkpoint head;
        try {
            head = Checkpoint.parse(checkpoint.text());
        } catch (IllegalArgumentException e) {
            return new Refuted(String.valueOf(e.getMessage()));
        }
        if (!head.origin().equals(log.name())) {
            return new Refuted("the checkpoint is of %s, not of %s".formatted(head.origin(), log.name()));
        }
        if (checkpoint.verify(log) instanceof Refuted refuted) {
            return refuted;
        }
        if (index >= head.size()) {
            return new Refuted("the checkpoint is of %d entries, the index is %d".formatted(head.size(), index));
        }
        return new InclusionProof(index, head.size(), path).verify(MerkleHash.leaf(entry), head.root());
    }
}
