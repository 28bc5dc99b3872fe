package dev.nuxari.cli.verify;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.Check;
import dev.nuxari.protocol.EvidenceVerification;
import dev.nuxari.protocol.EvidenceVerification.Refuted;
import dev.nuxari.protocol.EvidenceVerification.Summary;
import dev.nuxari.protocol.EvidenceVerification.Trust;
import dev.nuxari.protocol.EvidenceVerification.Verified;
import dev.nuxari.protocol.EvidenceVerifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a verifier concluded about one file, and how to say it. */
public final class Offline implements Verdict {
    private final EvidenceVerification verification;

    private Offline(EvidenceVerification verification) {
        this.verification = verification;
    }

    /**
     * Verifies a package.
     *
     * @throws JsonException if the trusted root is no key manifest
     */
    public static Offline verify(byte[] file, Optional<byte[]> trustedRoot) {
        return new Offline(EvidenceVerifier.verify(file, Verdict.trusted(trustedRoot)));
    }

    @Override
    public boolean verified() {
        return verification instanceof Verified;
    }

    public int checks() {
        return verification.checks().size();
    }

    @Override
    public String conclusion() {
        return switch (verification) {
            case Verified(List<Check> checks, Summary summary, Trust trust) ->
                "Verified: " + checks.size() + " checks passed; "
                        + Verdict.words(trust, "package", summary.keyFingerprint());
            case Refuted refuted -> "Refuted: " + Verdict.complaint(refuted.first());
        };
    }

    @Override
    public List<Check> asked() {
        return verification.checks();
    }

    @Override
    public Json.Obj json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("verified", verified());
        members.put("conclusion", conclusion());
        members.put("checks", verification.checks().stream().map(Verdict::json).toList());
        if (verification instanceof Verified holds) {
            Summary summary = holds.summary();
            members.put("trust", holds.trust());
            members.put("records", summary.records());
            members.put("merkleRoot", summary.merkleRoot().toString());
            members.put("logOrigin", summary.origin());
            members.put("logIndex", summary.logIndex());
            members.put("treeSize", summary.treeSize());
            members.put("keyFingerprint", summary.keyFingerprint());
        }
        return (Json.Obj) Json.of(members);
    }
}
