package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.AuditExportVerification.Refuted;
import dev.nuxari.protocol.AuditExportVerification.Summary;
import dev.nuxari.protocol.AuditExportVerification.Verified;
import dev.nuxari.protocol.EvidenceVerification.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Verifies audit exports offline. What is not there is not proven: absence is failure. */
public final class AuditExportVerifier {
    private AuditExportVerifier() {}

    /** A question, its name and what a "yes" says. */
    private record Question(String name, String claim, BiConsumer<AuditExportFile, Findings> check) {
        Check ask(AuditExportFile file) {
            Findings findings = new Findings();
            try {
                check.accept(file, findings);
            } catch (JsonException e) {
                findings.expect(false, e.place(), e.reason());
            }
            return new Check(name, claim, findings.result());
        }
    }

    private static final Question LINES =
            new Question("lines", "the file is lines, a first and a last one at least", (_, _) -> {});

    private static final List<Question> QUESTIONS = List.of(
            new Question("members", "the first line has the members of version 1", AuditExportChecks::members),
            new Question(
                    "key-manifest", "the keys are the organization's, signed by its log key", AuditExportChecks::keys),
            new Question("checkpoint", "the organization's log signed the checkpoint", AuditExportChecks::checkpoint),
            new Question(
                    "end", "the last line counts the events and signs everything before it", AuditExportChecks::end),
            new Question(
                    "events",
                    "each event stands in that log at its index, the newest first",
                    AuditExportChecks::events));

    /**
     * Asks every question.
     *
     * @param trustedRoot the organization's manifest as got elsewhere; without one, the keys in the file speak for themselves
     */
    public static AuditExportVerification verify(byte[] bytes, Optional<KeyManifest> trustedRoot) {
        AuditExportFile file;
        try {
            file = new AuditExportFile(bytes);
        } catch (JsonException e) {
            return new Refuted(
                    List.of(new Check(LINES.name(), LINES.claim(), new Check.Refuted(e.reason(), e.place()))));
        }
        List<Question> questions = new ArrayList<>(List.of(LINES));
        questions.addAll(QUESTIONS);
        trustedRoot.ifPresent(root -> questions.add(trust(root)));
        List<Check> checks =
                questions.stream().map(question -> question.ask(file)).toList();
        if (!checks.stream().allMatch(Check::passed)) {
            return new Refuted(checks);
        }
        Trust trust = trustedRoot.isPresent() ? Trust.TRUSTED_ROOT : Trust.KEYS_OF_THE_PACKAGE;
        return new Verified(checks, summary(file), trust);
    }

    private static Question trust(KeyManifest root) {
        return new Question(
                "trusted-root",
                "the log key is the one of the trusted root",
                (file, findings) -> file.head().askTrustedRoot(root, findings));
    }

    private static Summary summary(AuditExportFile file) {
        Located first = file.first();
        Json.Obj filter = first.object("filter").value();
        var checkpoint = file.head().checkpoint();
        return new Summary(
                file.events(),
                filter.canonical(),
                checkpoint.origin(),
                checkpoint.size(),
                file.head().keys().fingerprint());
    }
}
