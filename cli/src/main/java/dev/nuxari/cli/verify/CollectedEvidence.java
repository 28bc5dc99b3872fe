package dev.nuxari.cli.verify;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.Check;
import dev.nuxari.protocol.EvidenceCollectionVerification;
import dev.nuxari.protocol.EvidenceCollectionVerification.Contents;
import dev.nuxari.protocol.EvidenceCollectionVerification.Refuted;
import dev.nuxari.protocol.EvidenceCollectionVerification.Summary;
import dev.nuxari.protocol.EvidenceCollectionVerification.Verified;
import dev.nuxari.protocol.EvidenceCollectionVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a verifier concluded about the packages of a period. */
record CollectedEvidence(EvidenceCollectionVerification verification) implements Verdict {
    static CollectedEvidence verify(InputStream file, Optional<byte[]> trustedRoot) throws IOException {
        return new CollectedEvidence(EvidenceCollectionVerifier.verify(file, Verdict.trusted(trustedRoot)));
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
                "Verified: %s%s; %s"
                        .formatted(
                                found(summary),
                                clocks(summary.contents()),
                                Verdict.words(trust, "file", summary.keyFingerprint()));
            case Refuted refuted -> "Refuted: " + Verdict.complaint(refuted.first());
        };
    }

    private static String found(Summary summary) {
        Contents contents = summary.contents();
        Json.Obj selector = summary.selector().json();
        String period = "sealed from %s to before %s".formatted(selector.string("from"), selector.string("to"));
        String packages = contents.others() == 0
                ? "all %d packages %s".formatted(contents.packages(), period)
                : "all %d packages about what was selected, of %d %s"
                        .formatted(contents.packages(), contents.packages() + contents.others(), period);
        return packages
                + "; of a log of %d entries, %d up to %d (not included) are shown whole"
                        .formatted(summary.treeSize(), contents.begin(), contents.end());
    }

    private static String clocks(Contents contents) {
        return contents.undue() == 0
                ? ""
                : "; %d of them are dated outside the period, because a clock went back".formatted(contents.undue());
    }

    @Override
    public Json.Obj json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("verified", verified());
        members.put("conclusion", conclusion());
        members.put("checks", asked().stream().map(Verdict::json).toList());
        if (verification instanceof Verified(var _, Summary summary, var trust)) {
            Contents contents = summary.contents();
            members.put("trust", trust);
            members.put("selector", summary.selector().json());
            members.put("packages", contents.packages());
            members.put("others", contents.others());
            members.put("begin", contents.begin());
            members.put("end", contents.end());
            members.put("undue", contents.undue());
            members.put("logOrigin", summary.origin());
            members.put("treeSize", summary.treeSize());
            members.put("keyFingerprint", summary.keyFingerprint());
        }
        return (Json.Obj) Json.of(members);
    }
}
