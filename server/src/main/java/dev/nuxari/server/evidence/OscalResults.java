package dev.nuxari.server.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.Check;
import dev.nuxari.protocol.EvidenceControl;
import dev.nuxari.protocol.EvidencePackage;
import dev.nuxari.protocol.EvidenceVerification;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A package as OSCAL assessment results (NIST, OSCAL 1.2.1): its records are observations, and what the verifier concluded
 * about the controls it touches are findings.
 *
 * <p>The document names the package by hash and is signed by nobody: it is for tools that collect, and proves nothing alone.
 */
final class OscalResults {
    private static final String VERSION = "1.2.1";

    private OscalResults() {}

    static byte[] of(byte[] file, EvidenceVerification verification) {
        Obj document = Json.parseObject(new String(file, UTF_8));
        String id = document.string("packageId");
        List<Obj> records = document.objects("records");
        Obj result = Json.object(
                "uuid", named(id, "result"),
                "title", "Evidence package " + id,
                "description",
                        "Workflow %s, which ended as %s. Every record of the package is an observation."
                                .formatted(document.string("workflowId"), document.string("outcome")),
                "start", records.getFirst().string("at"),
                "end", document.string("sealedAt"),
                "reviewed-controls", reviewed(),
                "observations",
                        records.stream().map(record -> observation(id, record)).toList(),
                "findings", findings(id, records, verification));
        return Json.object(
                        "assessment-results",
                        Json.object(
                                "uuid", named(id, "assessment-results"),
                                "metadata",
                                        Json.object(
                                                "title",
                                                "Assessment results of evidence package " + id,
                                                "last-modified",
                                                document.string("sealedAt"),
                                                "version",
                                                "1",
                                                "oscal-version",
                                                VERSION),
                                "import-ap", Json.object("href", "#" + named(id, "resource")),
                                "results", List.of(result),
                                "back-matter", Json.object("resources", List.of(resource(id, file)))))
                .canonicalBytes();
    }

    private static Obj reviewed() {
        List<Obj> controls = Stream.of(EvidenceControl.values())
                .map(control -> Json.object("control-id", control.id()))
                .toList();
        return Json.object("control-selections", List.of(Json.object("include-controls", controls)));
    }

    private static Obj observation(String id, Obj record) {
        return Json.object(
                "uuid", named(id, record.string("id")),
                "title", record.string("type"),
                "description",
                        "Record %s of the package, with the leaf hash %s."
                                .formatted(record.string("id"), record.string("hash")),
                "methods", List.of("EXAMINE"),
                "collected", record.string("at"),
                "relevant-evidence",
                        List.of(Json.object(
                                "href",
                                "#" + named(id, "resource"),
                                "description",
                                "The package that holds the record.")));
    }

    private static List<Obj> findings(String id, List<Obj> records, EvidenceVerification verification) {
        List<Obj> findings = new ArrayList<>();
        List<Obj> related = records.stream()
                .map(record -> Json.object("observation-uuid", named(id, record.string("id"))))
                .toList();
        for (EvidenceControl control : EvidenceControl.values()) {
            ofName(verification, control.check())
                    .forEach(check -> findings.add(Json.object(
                            "uuid", named(id, "finding " + control.id()),
                            "title", check.name(),
                            "description", check.passed() ? "Verified: %s.".formatted(check.claim()) : "Refuted.",
                            "target",
                                    Json.object(
                                            "type", "objective-id",
                                            "target-id", control.objective(),
                                            "status",
                                                    Json.object(
                                                            "state", check.passed() ? "satisfied" : "not-satisfied")),
                            "related-observations", related)));
        }
        return findings;
    }

    private static Stream<Check> ofName(EvidenceVerification verification, String name) {
        return verification.checks().stream().filter(check -> check.name().equals(name));
    }

    private static Obj resource(String id, byte[] file) {
        Obj hash = Json.object("algorithm", "SHA-256", "value", Sha256.hexOf(file));
        return Json.object(
                "uuid", named(id, "resource"),
                "title", "The evidence package, which verifies offline",
                "rlinks",
                        List.of(Json.object(
                                "href", ExportFormat.JSON.fileName(id),
                                "media-type", EvidencePackage.MEDIA_TYPE,
                                "hashes", List.of(hash))));
    }

    /** OSCAL takes UUIDs of versions 4 and 5 only: a name of its own for each part (RFC 9562, section 5.5). */
    private static String named(String id, String part) {
        UUID space = UUID.fromString(id);
        byte[] name = part.getBytes(UTF_8);
        byte[] hash = sha1(ByteBuffer.allocate(16 + name.length)
                .putLong(space.getMostSignificantBits())
                .putLong(space.getLeastSignificantBits())
                .put(name)
                .array());
        ByteBuffer bits = ByteBuffer.wrap(hash);
        long high = (bits.getLong() & ~0xf000L) | 0x5000L;
        long low = (bits.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform implements SHA-1", e);
        }
    }
}
