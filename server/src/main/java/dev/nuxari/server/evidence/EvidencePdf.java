package dev.nuxari.server.evidence;

import static dev.nuxari.server.evidence.EvidencePdfWords.present;
import static dev.nuxari.server.evidence.EvidencePdfWords.shown;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.protocol.Check;
import dev.nuxari.protocol.EvidenceRecord;
import dev.nuxari.protocol.EvidenceVerification;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.server.evidence.PdfPages.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A package as a document for people. It is made from the package's bytes and nothing else, names the package by hash, and is
 * signed by nobody: whoever has to be sure verifies the package.
 */
final class EvidencePdf {
    private static final float QR_SIDE = 132;

    private final Obj document;
    private final List<Obj> records;
    private final String sha256;
    private final EvidenceVerification verification;
    private final PdfPages pages;

    private EvidencePdf(byte[] file, Obj document, EvidenceVerification verification, PdfPages pages) {
        this.document = document;
        this.records = document.objects("records");
        this.sha256 = Sha256.hexOf(file);
        this.verification = verification;
        this.pages = pages;
    }

    /** The same bytes for the same package. */
    static byte[] of(byte[] file, EvidenceVerification verification) {
        Obj document = Json.parseObject(new String(file, UTF_8));
        String id = document.string("packageId");
        var description = new PdfDescription(
                "Evidence package " + id,
                Instant.parse(document.string("sealedAt")),
                UUID.fromString(id).getLeastSignificantBits());
        try (PdfPages pages = new PdfPages(description)) {
            return new EvidencePdf(file, document, verification, pages).written();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] written() throws IOException {
        title();
        asked();
        plan();
        decided();
        done();
        statement();
        verify();
        checks();
        records();
        seal();
        annex();
        return pages.finish("Evidence package " + document.string("packageId") + " · Merkle root "
                + document.string("merkleRoot").substring(0, 16) + "…");
    }

    private void title() throws IOException {
        pages.heading(1, "Evidence package");
        pages.paragraph(Style.TEXT, EvidencePdfWords.outcome(document.string("outcome")));
        facts(
                Map.entry("Package", text(document, "packageId")),
                Map.entry("Organization", text(document, "organizationId")),
                Map.entry("Workflow", text(document, "workflowId")),
                Map.entry("Outcome", text(document, "outcome")),
                Map.entry("Account", text(document.object("scope"), "id")),
                Map.entry("Sealed", text(document, "sealedAt")));
        code("Plan hash", text(document, "planHash"));
        code("SHA-256 of the package's file", sha256);
        code("Merkle root of the records", document.string("merkleRoot"));
        pages.endTable();
        String root = document.string("merkleRoot");
        pages.qr(QrCode.of(root), QR_SIDE, "QR code of the Merkle root " + root, EvidencePdfWords.BESIDE_THE_CODE);
    }

    private void asked() throws IOException {
        pages.heading(2, "Who asked");
        for (Obj evaluation : contents(EvidenceRecord.Type.ACCESS_EVALUATION)) {
            members(evaluation, "requester", "beneficiary", "risk", "justification");
            evaluation.optionalObject("entitlement").ifPresent(entitlement -> fact("entitlement", shown(entitlement)));
            Obj policy = evaluation.object("policy");
            fact("policy", policy.string("name"));
            stages(policy);
            pages.endTable();
        }
    }

    private void stages(Obj holder) {
        for (Obj stage : holder.objects("stages")) {
            fact(
                    "stage " + text(stage, "position"),
                    "%s: %s of %s"
                            .formatted(
                                    text(stage, "name"),
                                    text(stage, "quorum"),
                                    String.join(", ", stage.strings("roles"))));
        }
    }

    private void plan() throws IOException {
        pages.heading(2, "The exact plan");
        pages.paragraph(Style.NOTE, EvidencePdfWords.PLAN);
        for (Obj approval : contents(EvidenceRecord.Type.APPROVAL)) {
            Obj plan = approval.object("plan");
            for (Obj step : plan.objects("steps")) {
                pages.heading(3, "Step %s: %s".formatted(text(step, "position"), text(step, "operation")));
                fact("system", text(step, "connectorName") + " (connector " + text(step, "connectorId") + ")");
                Obj account = step.object("account");
                fact("account", text(account, "displayName") + " (" + text(account, "nativeId") + ")");
                step.optionalObject("entitlement")
                        .ifPresent(entitlement -> fact(
                                text(entitlement, "kind"),
                                text(entitlement, "name") + " (" + text(entitlement, "nativeId") + ")"));
                pages.endTable();
            }
            pages.heading(3, "The plan as it was hashed");
            pages.paragraph(Style.CODE, plan.canonical());
        }
    }

    private void decided() throws IOException {
        pages.heading(2, "Who decided");
        for (Obj approval : contents(EvidenceRecord.Type.APPROVAL)) {
            members(approval, "approvalId", "state", "expiresAt");
            stages(approval);
            pages.endTable();
            List<Obj> decisions = approval.objects("decisions");
            if (decisions.isEmpty()) {
                pages.paragraph(Style.TEXT, "Nobody decided.");
            }
            for (Obj decision : decisions) {
                pages.heading(3, "%s, stage %s".formatted(text(decision, "verdict"), text(decision, "stage")));
                members(decision, "member", "role", "at");
                fact("assurance", EvidencePdfWords.assurance(decision.optionalString("acr")));
                members(decision, "reason");
                code("plan hash seen", text(decision, "planHash"));
                pages.endTable();
            }
        }
        int assertions = document.array("approverAssertions").size();
        pages.paragraph(
                Style.NOTE,
                assertions == 0
                        ? "The package holds no assertion signed by an approver's own authenticator."
                        : assertions + " assertions signed by approvers' own authenticators are in the package.");
    }

    private void done() throws IOException {
        pages.heading(2, "What was done");
        List<Obj> performed = records.stream()
                .filter(written -> !List.of("access-evaluation", "approval").contains(written.string("type")))
                .toList();
        if (performed.isEmpty()) {
            pages.paragraph(Style.TEXT, "Nothing was executed.");
        }
        for (Obj written : performed) {
            Obj content = written.object("content");
            pages.heading(3, "Step %s: %s".formatted(text(content, "step"), EvidencePdfWords.type(written)));
            fact("recorded", text(written, "at"));
            content.members().forEach((name, value) -> {
                if (!name.equals("step") && !name.equals("planHash")) {
                    fact(name, shown(value));
                }
            });
            pages.endTable();
        }
    }

    private void statement() throws IOException {
        pages.heading(2, "What this proves");
        for (String claim : EvidencePdfWords.PROVES) {
            pages.item(claim);
        }
        pages.endList();
        pages.heading(2, "What this does not prove");
        for (String claim : EvidencePdfWords.DOES_NOT_PROVE) {
            pages.item(claim);
        }
        pages.endList();
    }

    private void verify() throws IOException {
        String name = ExportFormat.JSON.fileName(document.string("packageId"));
        pages.heading(2, "How to verify");
        pages.paragraph(Style.TEXT, EvidencePdfWords.VERIFY);
        pages.paragraph(Style.CODE, "sha256sum %s\n./nuxari verify %s --trusted-root keys.json".formatted(name, name));
        pages.paragraph(Style.TEXT, EvidencePdfWords.OTHERWISE);
    }

    private void checks() throws IOException {
        pages.heading(2, "What the verifier found");
        pages.paragraph(Style.NOTE, EvidencePdfWords.CHECKS);
        for (Check check : verification.checks()) {
            fact(
                    check.name(),
                    switch (check.result()) {
                        case Check.Passed() -> "Passed: " + check.claim();
                        case Check.Refuted(String reason, String where) -> "REFUTED: " + reason + " " + where;
                    });
        }
        pages.endTable();
    }

    private void records() throws IOException {
        pages.heading(2, "Records and their hashes");
        pages.paragraph(Style.NOTE, EvidencePdfWords.RECORDS);
        for (int i = 0; i < records.size(); i++) {
            Obj written = records.get(i);
            String label = "%d  %s".formatted(i, EvidencePdfWords.type(written));
            pages.fact(
                    label,
                    Style.CODE,
                    "%s  %s\n%s".formatted(text(written, "at"), text(written, "id"), text(written, "hash")));
        }
        pages.endTable();
    }

    private void seal() throws IOException {
        pages.heading(2, "Seal");
        code("Merkle root", document.string("merkleRoot"));
        for (Obj signature : document.objects("signatures")) {
            fact("signature", "%s by key %s".formatted(text(signature, "algorithm"), text(signature, "keyId")));
        }
        for (Obj key : document.object("keys").objects("keys")) {
            fact(
                    "key " + text(key, "name"),
                    "%s, %s, since %s".formatted(text(key, "keyId"), text(key, "algorithm"), text(key, "notBefore")));
        }
        code(
                "fingerprint of the keys",
                KeyManifest.parse(document.object("keys")).fingerprint());
        Obj log = document.object("log");
        fact("index in the log", text(log, "index"));
        code("checkpoint", log.string("checkpoint").strip());
        code("inclusion proof", String.join("\n", log.strings("inclusionProof")));
        pages.endTable();
    }

    private void annex() throws IOException {
        pages.heading(2, "Annex: the records in full");
        pages.paragraph(Style.NOTE, EvidencePdfWords.ANNEX);
        for (int i = 0; i < records.size(); i++) {
            Obj written = records.get(i);
            pages.heading(3, "%d  %s".formatted(i, EvidencePdfWords.type(written)));
            pages.paragraph(Style.CODE, written.without("hash").canonical());
        }
        pages.heading(3, "The event that sealed the package");
        pages.paragraph(Style.CODE, document.object("log").object("event").canonical());
    }

    private List<Obj> contents(EvidenceRecord.Type type) {
        return records.stream()
                .filter(written -> written.string("type").equals(Spelling.of(type)))
                .map(written -> written.object("content"))
                .toList();
    }

    private static String text(Obj holder, String name) {
        return present(holder, name);
    }

    private void members(Obj holder, String... names) {
        for (String name : names) {
            fact(name, text(holder, name));
        }
    }

    @SafeVarargs
    private void facts(Map.Entry<String, String>... facts) {
        for (Map.Entry<String, String> fact : facts) {
            fact(fact.getKey(), fact.getValue());
        }
    }

    private void fact(String label, String value) {
        row(label, Style.TEXT, value);
    }

    private void code(String label, String value) {
        row(label, Style.CODE, value);
    }

    private void row(String label, Style style, String value) {
        try {
            pages.fact(label, style, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
