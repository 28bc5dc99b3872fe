package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * One part of a genuine file is taken away, or comes from another genuine file of the same organization: the file is refuted,
 * and for the right reason.
 */
@Claim({"A1", "V4"})
class StrippedFileTest {
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);
    private static final Obj PACKAGE = read(NOTARY.packaged(RecordedWorkflow.completed()));
    private static final Obj OTHER_PACKAGE = read(NOTARY.packaged(RecordedWorkflow.rejected()));
    private static final ExportedLog LOG = new ExportedLog(NOTARY, 23);
    private static final List<String> EXPORT = lines(LOG.exported(22, 20, 6));
    private static final List<String> OTHER_EXPORT = lines(LOG.exported(22, 20, 4));

    @Test
    void packageWithoutOneOfItsSignatures() {
        List<Obj> both = PACKAGE.objects("signatures");

        packageRefuted(PACKAGE.with("signatures", both.subList(1, 2)), "signatures", "expected 2 signatures, found 1");
        packageRefuted(PACKAGE.with("signatures", both.subList(0, 1)), "signatures", "expected 2 signatures, found 1");
        packageRefuted(PACKAGE.with("signatures", List.of()), "signatures", "expected 2 signatures, found 0");
        packageRefuted(
                PACKAGE.with("signatures", List.of(both.getFirst(), both.getFirst())),
                "signatures",
                "expected the archive key");
    }

    @Test
    void packageWithASignatureOfAnotherPackage() {
        List<Obj> own = PACKAGE.objects("signatures");
        List<Obj> others = OTHER_PACKAGE.objects("signatures");

        packageRefuted(
                PACKAGE.with("signatures", List.of(others.getFirst(), own.getLast())),
                "signatures",
                "the log key has not signed this package");
        packageRefuted(
                PACKAGE.with("signatures", List.of(own.getFirst(), others.getLast())),
                "signatures",
                "the archive key has not signed this package");
    }

    @Test
    void packageWithoutItsKeys() {
        packageRefuted(PACKAGE.without("keys"), "members", "missing");
        packageRefuted(
                PACKAGE.with("keys", PACKAGE.object("keys").with("keys", List.of())),
                "key-manifest",
                "a manifest has a log key, and each key once");
        packageRefuted(
                PACKAGE.with(
                        "keys",
                        new Notary(RecordedWorkflow.ORGANIZATION).manifest().json()),
                "signatures",
                "expected the log key");
    }

    @Test
    void packageWithoutARecord() {
        List<Obj> records = PACKAGE.objects("records");
        for (int i = 0; i < records.size(); i++) {
            List<Obj> fewer = new ArrayList<>(records);
            fewer.remove(i);
            packageRefuted(PACKAGE.with("records", fewer), "merkle-root", "the root of the records is ");
        }
        packageRefuted(
                PACKAGE.with("records", OTHER_PACKAGE.objects("records")), "merkle-root", "the root of the records is");
    }

    @Test
    void packageWithoutItsPlaceInTheLog() {
        packageRefuted(PACKAGE.without("log"), "members", "missing");
        for (String member : List.of("index", "event", "checkpoint", "inclusionProof")) {
            packageRefuted(log(log -> log.without(member)), "sealing-event", "missing");
        }
        packageRefuted(
                log(log -> log.with("inclusionProof", List.of())), "inclusion-proof", "the path stops below the root");
        packageRefuted(
                log(log ->
                        log.with("inclusionProof", log.array("inclusionProof").subList(1, 3))),
                "inclusion-proof",
                "the path");
    }

    @Test
    void packageWithThePlaceOfAnotherPackage() {
        Obj others = OTHER_PACKAGE.object("log");

        packageRefuted(PACKAGE.with("log", others), "sealing-event", "expected ");
        packageRefuted(
                log(log -> log.with("checkpoint", others.string("checkpoint"))),
                "inclusion-proof",
                "the path leads to a different root");
        packageRefuted(log(log -> log.with("event", others.object("event"))), "sealing-event", "expected ");
    }

    @Test
    void packageWhoseCheckpointNobodySigned() {
        String checkpoint = PACKAGE.object("log").string("checkpoint");
        String unsigned = checkpoint.substring(0, checkpoint.indexOf("\n\n") + 1);
        String otherName = checkpoint.replace("— nuxari.example", "— nuxari.example.org");

        packageRefuted(log(log -> log.with("checkpoint", unsigned)), "checkpoint", "cannot be read");
        packageRefuted(log(log -> log.with("checkpoint", unsigned + "\n")), "checkpoint", "cannot be read");
        packageRefuted(log(log -> log.with("checkpoint", otherName)), "checkpoint", "no signature by ");
    }

    @Test
    void exportWithoutAPart() {
        exportRefuted(EXPORT.subList(0, 4), "end", "no such member");
        exportRefuted(EXPORT.subList(1, 5), "members", "no such member");
        exportRefuted(line(4, last -> last.without("signature")), "end", "missing");
        exportRefuted(line(0, first -> first.without("keys")), "members", "missing");
        exportRefuted(line(0, first -> first.without("checkpoint")), "members", "missing");
        exportRefuted(line(2, event -> event.with("inclusionProof", List.of())), "end", "the digest");
        List<String> fewer = new ArrayList<>(EXPORT);
        fewer.remove(2);
        exportRefuted(fewer, "end", "there are 2 events");
    }

    @Test
    void exportWhoseCheckpointNobodySigned() {
        exportRefuted(
                line(
                        0,
                        first -> first.with(
                                "checkpoint", first.string("checkpoint").replaceAll("— .*\n", ""))),
                "checkpoint",
                "cannot be read");
    }

    @Test
    void exportWithAPartOfAnotherExport() {
        for (int place = 3; place < 5; place++) {
            List<String> mixed = new ArrayList<>(EXPORT);
            mixed.set(place, OTHER_EXPORT.get(place));
            exportRefuted(mixed, "end", "the digest of the lines before is ");
        }
        Notary impostor = new Notary(RecordedWorkflow.ORGANIZATION);
        exportRefuted(
                line(0, first -> first.with("keys", impostor.manifest().json())), "checkpoint", "no signature by ");
    }

    private static Obj log(UnaryOperator<Obj> change) {
        return PACKAGE.with("log", change.apply(PACKAGE.object("log")));
    }

    private static List<String> line(int number, UnaryOperator<Obj> change) {
        List<String> lines = new ArrayList<>(EXPORT);
        lines.set(number, change.apply(Json.parseObject(lines.get(number))).canonical());
        return lines;
    }

    private static void packageRefuted(Obj file, String check, String reason) {
        assertThat(EvidenceVerifier.verify(file.canonicalBytes(), Optional.empty()))
                .isInstanceOfSatisfying(
                        EvidenceVerification.Refuted.class, refuted -> refuted(refuted.first(), check, reason));
    }

    private static void exportRefuted(List<String> lines, String check, String reason) {
        byte[] file = (String.join("\n", lines) + "\n").getBytes(UTF_8);
        assertThat(AuditExportVerifier.verify(file, Optional.empty()))
                .isInstanceOfSatisfying(
                        AuditExportVerification.Refuted.class, refuted -> refuted(refuted.first(), check, reason));
    }

    private static void refuted(Check first, String check, String reason) {
        assertThat(first.name()).isEqualTo(check);
        assertThat(((Check.Refuted) first.result()).reason()).contains(reason);
    }

    private static Obj read(byte[] file) {
        return Json.parseObject(new String(file, UTF_8));
    }

    private static List<String> lines(byte[] file) {
        return new String(file, UTF_8).lines().toList();
    }
}
