package dev.nuxari.protocol;

import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.EvidenceCollectionVerification.Refuted;
import dev.nuxari.protocol.EvidenceCollectionVerification.Summary;
import dev.nuxari.protocol.EvidenceCollectionVerification.Verified;
import dev.nuxari.protocol.EvidenceVerification.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Verifies evidence collections offline, a line at a time. What is not there is not proven: absence is failure.
 *
 * <p>It takes nobody's word for what belongs to the collection: from the entries of the log it finds the packages that were
 * sealed in the period, and demands of each that it is there or is shown to be about something else.
 */
public final class EvidenceCollectionVerifier {
    private EvidenceCollectionVerifier() {}

    /** A question about the first line, its name and what a "yes" says. */
    private record Question(String name, String claim, BiConsumer<EvidenceCollectionHead, Findings> check) {
        Check ask(EvidenceCollectionHead head) {
            Findings findings = new Findings();
            try {
                check.accept(head, findings);
            } catch (JsonException e) {
                findings.expect(false, e.place(), e.reason());
            }
            return new Check(name, claim, findings.result());
        }
    }

    private static final List<Question> QUESTIONS = List.of(
            new Question("members", "the first line has the members of version 1", EvidenceCollectionHead::askMembers),
            new Question(
                    "key-manifest",
                    "the keys are the organization's, signed by its log key",
                    (head, findings) -> head.export().askKeys(findings)),
            new Question(
                    "checkpoint",
                    "the organization's log signed the checkpoint",
                    (head, findings) -> head.export().askCheckpoint(findings)),
            new Question(
                    "range",
                    "the first line proves a stretch of that log",
                    (head, findings) -> head.askRange(findings)));

    /**
     * Reads the file to its end, or to the first thing that is wrong with it.
     *
     * @param trustedRoot the organization's manifest as got elsewhere; without one, the keys in the file speak for themselves
     * @throws IOException if the file cannot be read, which says nothing about it
     */
    public static EvidenceCollectionVerification verify(InputStream file, Optional<KeyManifest> trustedRoot)
            throws IOException {
        var lines = new EvidenceCollectionLines(file);
        Optional<Located> first;
        try {
            first = lines.next();
        } catch (JsonException e) {
            return new Refuted(List.of(EvidenceCollectionWalk.noLine(e.reason(), e.place())));
        }
        if (first.isEmpty()) {
            return new Refuted(List.of(EvidenceCollectionWalk.noLine("the file has no first line", "")));
        }
        var head = new EvidenceCollectionHead(first.get());
        List<Question> questions = new ArrayList<>(QUESTIONS);
        trustedRoot.ifPresent(root -> questions.add(trust(root)));
        List<Check> checks = new ArrayList<>(
                questions.stream().map(question -> question.ask(head)).toList());
        if (!checks.stream().allMatch(Check::passed)) {
            return new Refuted(checks);
        }
        var walk = new EvidenceCollectionWalk(
                head, trustedRoot.orElse(head.export().keys()));
        checks.addAll(walk.over(lines));
        if (!checks.stream().allMatch(Check::passed)) {
            return new Refuted(checks);
        }
        return new Verified(
                checks, summary(head, walk), trustedRoot.isPresent() ? Trust.TRUSTED_ROOT : Trust.KEYS_OF_THE_PACKAGE);
    }

    private static Question trust(KeyManifest root) {
        return new Question(
                "trusted-root",
                "the log key is the one of the trusted root",
                (head, findings) -> head.export().askTrustedRoot(root, findings));
    }

    private static Summary summary(EvidenceCollectionHead head, EvidenceCollectionWalk walk) {
        var checkpoint = head.export().checkpoint();
        return new Summary(
                head.selector(),
                walk.contents(),
                checkpoint.origin(),
                checkpoint.size(),
                head.export().keys().fingerprint());
    }
}
