package dev.nuxari.protocol.agent;

import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.LogIdentity;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.ConsistencyProof;
import dev.nuxari.transparency.LogKey;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.Verification;
import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import java.util.List;
import java.util.Optional;

/** What a witness thinks of a checkpoint that it is shown, after the one it keeps. */
public sealed interface LogJudgement {
    /** The log continues what it was. */
    record Continued(SignedNote note, Checkpoint checkpoint) implements LogJudgement {}

    /**
     * It does not, or is not shown to.
     *
     * @param shown the note as it came
     */
    record Broken(Rejection reason, String detail, String shown) implements LogJudgement {}

    /**
     * Judges a checkpoint.
     *
     * @param kept the one that was accepted last; empty for the first one ever
     * @param shown a signed note
     * @param consistency hashes in hexadecimal digits, from the kept one to this one
     */
    static LogJudgement judge(KeyManifest keys, Optional<Checkpoint> kept, String shown, List<String> consistency) {
        SignedNote note;
        Checkpoint checkpoint;
        try {
            note = SignedNote.parse(shown);
            checkpoint = Checkpoint.parse(note.text());
            if (signature(keys, note) instanceof Refuted(String reason)) {
                return new Broken(Rejection.LOG_UNSIGNED, reason, shown);
            }
        } catch (IllegalArgumentException e) {
            return new Broken(Rejection.LOG_UNSIGNED, String.valueOf(e.getMessage()), shown);
        }
        return kept.flatMap(before -> objection(before, checkpoint, consistency, shown))
                .orElseGet(() -> new Continued(note, checkpoint));
    }

    private static Verification signature(KeyManifest keys, SignedNote note) {
        List<LogKey> possible = LogIdentity.keys(keys, note);
        List<Verification> answers =
                possible.stream().map(key -> key.verify(note)).toList();
        return answers.stream().filter(Verified.class::isInstance).findFirst().orElse(answers.getFirst());
    }

    private static Optional<LogJudgement> objection(
            Checkpoint kept, Checkpoint shown, List<String> consistency, String note) {
        if (!kept.origin().equals(shown.origin())) {
            return broken(Rejection.LOG_UNSIGNED, "it is the log " + shown.origin(), note);
        }
        if (shown.size() < kept.size()) {
            String sizes = "%d entries were seen, now there are %d".formatted(kept.size(), shown.size());
            return broken(Rejection.LOG_ROLLED_BACK, sizes, note);
        }
        if (shown.size() == kept.size() && !shown.root().equals(kept.root())) {
            String roots = "over %d entries it has signed the roots %s and %s"
                    .formatted(kept.size(), kept.root().base64(), shown.root().base64());
            return broken(Rejection.LOG_FORKED, roots, note);
        }
        return proof(kept, shown, consistency) instanceof Refuted(String reason)
                ? broken(Rejection.LOG_UNPROVEN, reason, note)
                : Optional.empty();
    }

    private static Verification proof(Checkpoint kept, Checkpoint shown, List<String> consistency) {
        try {
            List<MerkleHash> path = consistency.stream().map(MerkleHash::parse).toList();
            return new ConsistencyProof(kept.size(), shown.size(), path).verify(kept.root(), shown.root());
        } catch (IllegalArgumentException e) {
            return new Refuted("the proof cannot be read: " + e.getMessage());
        }
    }

    private static Optional<LogJudgement> broken(Rejection reason, String detail, String note) {
        return Optional.of(new Broken(reason, detail, note));
    }
}
