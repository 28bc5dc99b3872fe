package dev.nuxari.cli.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.Check;
import dev.nuxari.protocol.EvidenceVerification;
import dev.nuxari.protocol.EvidenceVerification.Refuted;
import dev.nuxari.protocol.EvidenceVerification.Summary;
import dev.nuxari.protocol.EvidenceVerification.Trust;
import dev.nuxari.protocol.EvidenceVerification.Verified;
import dev.nuxari.protocol.EvidenceVerifier;
import dev.nuxari.protocol.KeyManifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a verifier concluded about one file, and how to say it. */
public final class Offline {
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
        return new Offline(EvidenceVerifier.verify(file, trustedRoot.map(Offline::manifest)));
    }

    private static KeyManifest manifest(byte[] root) {
        return KeyManifest.parse(Json.parseObject(new String(root, UTF_8)));
    }

    public boolean verified() {
        return verification instanceof Verified;
    }

    public int checks() {
        return verification.checks().size();
    }

    /** One line: that it holds, or the first thing that does not. */
    public String conclusion() {
        return switch (verification) {
            case Verified(List<Check> checks, Summary summary, Trust trust) ->
                "Verified: " + checks.size() + " checks passed; " + words(trust, summary);
            case Refuted refuted -> "Refuted: " + complaint(refuted.first());
        };
    }

    /** Every check with its answer. */
    public void print(Terminal terminal) {
        for (Check check : verification.checks()) {
            String mark = check.passed() ? "passed" : "refuted";
            String text = check.passed() ? check.claim() : complaint(check);
            terminal.line(terminal.colours().state(mark) + (check.passed() ? "   " : "  ") + Table.harmless(text));
        }
    }

    public Json.Obj json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("verified", verified());
        members.put("conclusion", conclusion());
        members.put("checks", verification.checks().stream().map(Offline::json).toList());
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

    private static Json.Obj json(Check check) {
        return switch (check.result()) {
            case Check.Passed() -> Json.object("name", check.name(), "passed", true);
            case Check.Refuted(String reason, String where) ->
                Json.object("name", check.name(), "passed", false, "reason", reason, "where", where);
        };
    }

    private static String complaint(Check check) {
        return switch (check.result()) {
            case Check.Passed() -> check.claim();
            case Check.Refuted(String reason, String where) ->
                check.name() + ": " + reason + (where.isEmpty() ? "" : " (at " + where + ")");
        };
    }

    private static String words(Trust trust, Summary summary) {
        return switch (trust) {
            case TRUSTED_ROOT -> "the keys are those of the trusted root.";
            case KEYS_OF_THE_PACKAGE ->
                "the package is consistent in itself, its keys were taken from it: compare their fingerprint "
                        + summary.keyFingerprint() + " with the organization's, or give --trusted-root.";
        };
    }
}
