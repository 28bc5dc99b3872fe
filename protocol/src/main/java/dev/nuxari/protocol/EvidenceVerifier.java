package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.EvidenceVerification.Refuted;
import dev.nuxari.protocol.EvidenceVerification.Summary;
import dev.nuxari.protocol.EvidenceVerification.Trust;
import dev.nuxari.protocol.EvidenceVerification.Verified;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.SignedNote;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Verifies evidence packages offline. What is not there is not proven: absence is failure. */
public final class EvidenceVerifier {
    private EvidenceVerifier() {}

    /** A question, its name and what a "yes" says. */
    private record Question(String name, String claim, BiConsumer<EvidenceFile, Findings> check) {
        Check ask(EvidenceFile file) {
            Findings findings = new Findings();
            try {
                check.accept(file, findings);
            } catch (JsonException e) {
                findings.expect(false, e.place(), e.reason());
            }
            return new Check(name, claim, findings.result());
        }
    }

    private static final Question CANONICAL = new Question(
            "canonical-form", "the file is the canonical form of its own content (RFC 8785)", (file, findings) -> {});

    private static final List<Question> QUESTIONS = List.of(
            new Question("members", "the file has the members of version 1, and no others", IntegrityChecks::members),
            new Question("record-hashes", "every record has the hash of its content", IntegrityChecks::recordHashes),
            new Question("record-order", "the records stand in order of time, each once", IntegrityChecks::recordOrder),
            new Question("merkle-root", "the Merkle root is the root of the records", IntegrityChecks::merkleRoot),
            new Question("key-manifest", "the keys are the organization's, signed by its log key", SigningChecks::keys),
            new Question("signatures", "the log key and the archive key signed the package", SigningChecks::signatures),
            new Question("sealing-event", "an audit event seals exactly this package", LogChecks::sealingEvent),
            new Question("checkpoint", "the organization's log signed the checkpoint", LogChecks::checkpoint),
            new Question("inclusion-proof", "the sealing event stands in that log", LogChecks::inclusionProof),
            new Question("plan", "the plan is the one whose hash was approved", ApprovalChecks::plan),
            new Question("policy", "the approval asked what the evaluated policy demands", ApprovalChecks::policy),
            new Question(
                    "decisions", "each decision is about this plan, in time, by its stage", ApprovalChecks::decisions),
            new Question("separation-of-duties", "nobody decided for themselves", ApprovalChecks::separationOfDuties),
            new Question("quorum", "each stage has its quorum of distinct, eligible members", ApprovalChecks::quorum),
            new Question("executions", "nothing was executed that was not approved", ExecutionChecks::executions),
            new Question("observations", "what was observed belongs to the plan", ExecutionChecks::observations),
            new Question("completeness", "the outcome follows from the records", ExecutionChecks::completeness));

    /**
     * Asks every question.
     *
     * @param trustedRoot the organization's manifest as got elsewhere; without one, the keys in the package speak for
     *     themselves
     */
    public static EvidenceVerification verify(byte[] file, Optional<KeyManifest> trustedRoot) {
        Obj parsed;
        try {
            parsed = parse(file);
        } catch (JsonException e) {
            return new Refuted(List.of(notCanonical(e)));
        }
        EvidenceFile evidence = new EvidenceFile(parsed);
        List<Check> checks = answers(evidence, trustedRoot).toList();
        if (!checks.stream().allMatch(Check::passed)) {
            return new Refuted(checks);
        }
        Trust trust = trustedRoot.isPresent() ? Trust.TRUSTED_ROOT : Trust.KEYS_OF_THE_PACKAGE;
        return new Verified(checks, summary(evidence), trust);
    }

    /** The first question that {@link #verify} would find refuted; asks no further. */
    static Optional<Check> firstRefutation(byte[] file) {
        try {
            return answers(new EvidenceFile(parse(file)), Optional.empty())
                    .filter(check -> !check.passed())
                    .findFirst();
        } catch (JsonException e) {
            return Optional.of(notCanonical(e));
        }
    }

    private static Stream<Check> answers(EvidenceFile file, Optional<KeyManifest> trustedRoot) {
        Stream<Question> always = Stream.concat(Stream.of(CANONICAL), QUESTIONS.stream());
        return Stream.concat(always, trustedRoot.stream().map(EvidenceVerifier::trust))
                .map(question -> question.ask(file));
    }

    private static Check notCanonical(JsonException e) {
        return new Check(CANONICAL.name(), CANONICAL.claim(), new Check.Refuted(e.reason(), e.place()));
    }

    private static Question trust(KeyManifest root) {
        return new Question(
                "trusted-root",
                "the keys are those of the trusted root",
                (file, findings) -> SigningChecks.trustedRoot(file, root, findings));
    }

    private static Obj parse(byte[] file) {
        if (file.length > EvidencePackage.LARGEST) {
            throw new JsonException("", "the file is larger than any evidence package");
        }
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
        } catch (CharacterCodingException e) {
            throw new JsonException("", "the file is not UTF-8");
        }
        Obj parsed = Json.parseObject(text);
        byte[] canonical = parsed.canonicalBytes();
        int difference = Arrays.mismatch(file, canonical);
        if (difference >= 0) {
            throw new JsonException("byte " + difference, "not the canonical form (RFC 8785)");
        }
        return parsed;
    }

    private static Summary summary(EvidenceFile file) {
        Checkpoint checkpoint = Checkpoint.parse(
                SignedNote.parse(file.log().string("checkpoint")).text());
        return new Summary(
                EvidenceHeader.parse(file.root()),
                file.records().size(),
                file.root().hash("merkleRoot"),
                checkpoint.origin(),
                file.log().integer("index"),
                checkpoint.size(),
                file.keys().fingerprint());
    }
}
