package dev.nuxari.agent;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.agent.Cosignature;
import dev.nuxari.protocol.agent.LogJudgement;
import dev.nuxari.protocol.agent.LogJudgement.Broken;
import dev.nuxari.protocol.agent.LogJudgement.Continued;
import dev.nuxari.protocol.agent.Rejection;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.Verification.Refuted;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Follows the organization's log and its keys, and vouches for what it has followed. */
final class Witness {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Alarm alarm;
    private final Ed25519PrivateKey key;
    private final InstantSource clock;
    private String cosigned = "";
    private Instant cosignedAt = Instant.EPOCH;

    Witness(Ledger ledger, Alarm alarm, Ed25519PrivateKey key, InstantSource clock) {
        this.ledger = ledger;
        this.alarm = alarm;
        this.key = key;
        this.clock = clock;
    }

    /** Judges what an answer says of the log; what continues it is on disk afterwards, and everything else in the alarm. */
    LogJudgement see(Json.Obj answer) throws IOException {
        Memory memory = ledger.memory();
        LogJudgement judgement = judge(memory, answer);
        switch (judgement) {
            case Continued(SignedNote note, var _) -> {
                KeyManifest keys = followed(memory.keys(), answer);
                if (!note.text().equals(memory.note().text())
                        || keys.version() != memory.keys().version()) {
                    ledger.change(before -> before.following(keys, note));
                }
                alarm.end(clock.instant());
            }
            case Broken broken -> {
                if (broken.reason() == Rejection.LOG_FORKED && !memory.isForked()) {
                    ledger.change(Memory::havingSeenFork);
                }
                alarm.raise(broken, memory.note().encoded(), clock.instant());
            }
        }
        return judgement;
    }

    private static LogJudgement judge(Memory memory, Json.Obj answer) {
        String shown = answer.string("checkpoint");
        if (memory.isForked()) {
            return new Broken(Rejection.LOG_FORKED, "it was caught before; enrol this host again", shown);
        }
        try {
            return LogJudgement.judge(
                    followed(memory.keys(), answer),
                    Optional.of(memory.checkpoint()),
                    shown,
                    answer.strings("consistency"));
        } catch (JsonException e) {
            return new Broken(Rejection.LOG_UNSIGNED, "the keys cannot be read: " + e.getMessage(), shown);
        } catch (IllegalArgumentException e) {
            return new Broken(Rejection.LOG_UNSIGNED, String.valueOf(e.getMessage()), shown);
        }
    }

    /**
     * The newest keys that follow from known ones.
     *
     * @throws IllegalArgumentException if a step does not follow from the one before
     */
    static KeyManifest followed(KeyManifest known, Json.Obj answer) {
        KeyManifest newest = known;
        for (Json.Obj json : answer.objects("manifests")) {
            KeyManifest next = KeyManifest.parse(json);
            if (next.follows(newest) instanceof Refuted(String reason)) {
                throw new IllegalArgumentException("the keys do not follow: " + reason);
            }
            newest = next;
        }
        return newest;
    }

    /** The newest checkpoint with a cosignature; empty if it has one already, or there was one a moment ago. */
    Optional<SignedNote> cosign() {
        Memory memory = ledger.memory();
        Instant now = clock.instant();
        boolean soon = Duration.between(cosignedAt, now).abs().compareTo(PAUSE) < 0;
        if (memory.isForked() || soon || memory.note().text().equals(cosigned)) {
            return Optional.empty();
        }
        Cosignature witness = Cosignature.of(memory.checkpoint().origin(), memory.agent(), key.publicKey());
        return Optional.of(witness.sign(memory.note(), key, now));
    }

    /** The server has it. */
    void hasCosigned(SignedNote note) {
        cosigned = note.text();
        cosignedAt = clock.instant();
    }
}
