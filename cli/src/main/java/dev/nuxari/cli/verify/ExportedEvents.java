package dev.nuxari.cli.verify;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.AuditExportVerification;
import dev.nuxari.protocol.AuditExportVerification.Refuted;
import dev.nuxari.protocol.AuditExportVerification.Summary;
import dev.nuxari.protocol.AuditExportVerification.Verified;
import dev.nuxari.protocol.AuditExportVerifier;
import dev.nuxari.protocol.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a verifier concluded about events that were exported from a log. */
record ExportedEvents(AuditExportVerification verification) implements Verdict {
    static ExportedEvents verify(byte[] file, Optional<byte[]> trustedRoot) {
        return new ExportedEvents(AuditExportVerifier.verify(file, Verdict.trusted(trustedRoot)));
    }

    @Override
    public boolean verified() {
        return verification instanceof Verified;
    }

    @Override
    public List<Check> asked() {
        return verification.checks();
    }

    @Override
    public String conclusion() {
        return switch (verification) {
            case Verified(var _, Summary summary, var trust) ->
                "Verified: %d events of a log of %d; %s"
                        .formatted(
                                summary.events(),
                                summary.treeSize(),
                                Verdict.words(trust, "file", summary.keyFingerprint()));
            case Refuted refuted -> "Refuted: " + Verdict.complaint(refuted.first());
        };
    }

    @Override
    public Json.Obj json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("verified", verified());
        members.put("conclusion", conclusion());
        members.put("checks", asked().stream().map(Verdict::json).toList());
        if (verification instanceof Verified(var _, Summary summary, var trust)) {
            members.put("trust", trust);
            members.put("events", summary.events());
            members.put("filter", Json.parse(summary.filter()));
            members.put("logOrigin", summary.origin());
            members.put("treeSize", summary.treeSize());
            members.put("keyFingerprint", summary.keyFingerprint());
        }
        return (Json.Obj) Json.of(members);
    }
}
