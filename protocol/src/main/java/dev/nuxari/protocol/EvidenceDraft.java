package dev.nuxari.protocol;

import static java.util.Comparator.comparing;

import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.StrictBase64;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The first of three steps to a package: the records in their order and their root, before anything is signed. The root
 * goes into the audit event that seals the package.
 */
public record EvidenceDraft(EvidenceHeader header, List<EvidenceRecord> records, KeyManifest keys) {
    /** By the time as it is written, to the millisecond, and then by id. */
    private static final Comparator<EvidenceRecord> ORDER = comparing(
                    (EvidenceRecord written) -> written.at().truncatedTo(ChronoUnit.MILLIS))
            .thenComparing(EvidenceRecord::id);

    public EvidenceDraft {
        Set<String> ids = new HashSet<>();
        records.forEach(written -> ids.add(written.id()));
        if (ids.size() != records.size()) {
            throw new IllegalArgumentException("each record has an id of its own");
        }
        if (!keys.organization().equals(header.organization())) {
            throw new IllegalArgumentException("the keys belong to another organization");
        }
        records = records.stream().sorted(ORDER).toList();
    }

    /** The root of the RFC 6962 tree whose leaves are the records. */
    public MerkleHash merkleRoot() {
        return records.stream()
                .map(EvidenceRecord::hash)
                .reduce(CompactRange.empty(), CompactRange::append, (left, right) -> right)
                .root();
    }

    /** What both keys sign: the DSSE encoding of the canonical file without its signatures and its place in the log. */
    public byte[] signedBytes() {
        return EvidencePackage.signedBytes(unsigned());
    }

    /** Signs with the log key and the archive key of the manifest. */
    public SealedEvidence sign(SigningKey log, SigningKey archive) {
        Json.Obj unsigned = unsigned();
        byte[] message = EvidencePackage.signedBytes(unsigned);
        return new SealedEvidence(unsigned.with(
                EvidencePackage.SIGNATURES,
                List.of(signature(log, KeyName.LOG, message), signature(archive, KeyName.ARCHIVE, message))));
    }

    private Json.Obj signature(SigningKey key, KeyName name, byte[] message) {
        if (!keys.key(name).isSameKeyAs(key.published())) {
            throw new IllegalArgumentException("%s is not the manifest's %s key".formatted(key, name.spelled()));
        }
        return Json.object(
                "keyId", key.published().keyId(),
                "algorithm", name.algorithm().spelled(),
                "signature", StrictBase64.encode(key.sign(message)));
    }

    private Json.Obj unsigned() {
        return header.json()
                .with("records", records.stream().map(EvidenceRecord::json).toList())
                .with("merkleRoot", merkleRoot().hex())
                .with("approverAssertions", List.of())
                .with("keys", keys.json());
    }
}
