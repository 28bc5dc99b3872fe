package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.protocol.AuditExportWriter;
import dev.nuxari.protocol.EvidenceDraft;
import dev.nuxari.protocol.EvidenceHeader;
import dev.nuxari.protocol.EvidenceRecord;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.SigningKey;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.EntryBundle;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NoteSignature;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** A small log, its keys, an export of it and a package that is sealed in it, all of them as the server writes them. */
final class GenuineFiles {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00.000Z");
    private static final int EVENTS = 2;

    private final OrganizationId organization = new OrganizationId(UUID.randomUUID());
    private final String origin = "nuxari.example/log/" + organization;
    private final SigningKey log = SigningKey.generate(organization, KeyName.LOG, START);
    private final SigningKey archive = SigningKey.generate(organization, KeyName.ARCHIVE, START);
    private final KeyManifest keys =
            KeyManifest.issue(organization, 1, START, List.of(log.published(), archive.published()), log);
    private final List<Json.Obj> events = IntStream.range(0, EVENTS)
            .mapToObj(i -> Json.object("organizationId", organization, "sequence", i, "metadata", Json.object()))
            .toList();
    private final List<MerkleHash> leaves = events.stream()
            .map(event -> MerkleHash.leaf(event.canonicalBytes()))
            .toList();
    private final SignedNote checkpoint = checkpoint();

    private SignedNote checkpoint() {
        CompactRange range = leaves.stream().reduce(CompactRange.empty(), CompactRange::append, (_, second) -> second);
        String text = new Checkpoint(origin, EVENTS, range.root()).text();
        if (!(log.published().key() instanceof VerificationKey.Ed25519(var key))) {
            throw new AssertionError("the log key is Ed25519");
        }
        NoteSignature signature = NoteSignature.of(new VerifierKey(origin, key), log.sign(text.getBytes(UTF_8)));
        return new SignedNote(text, List.of(signature));
    }

    byte[] keys() {
        return keys.json().canonicalBytes();
    }

    byte[] export() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var writer = new AuditExportWriter(bytes, keys, checkpoint, Json.object());
        writer.event(events.getLast(), proof());
        writer.finish(log);
        return bytes.toByteArray();
    }

    private InclusionProof proof() {
        return new InclusionProof(1, EVENTS, List.of(leaves.getFirst()));
    }

    /** Signed and logged; that it proves nothing, having one record, is not what matters here. */
    byte[] sealed() {
        var header = new EvidenceHeader(
                UUID.randomUUID(),
                organization,
                UUID.randomUUID(),
                EvidenceHeader.Outcome.REJECTED,
                new EvidenceHeader.Scope("account", "x/y"),
                new PlanHash("0".repeat(64)),
                START);
        var record = new EvidenceRecord(
                EvidenceRecord.Type.APPROVAL, "1", START, Json.object("text", "Größe \uD83D\uDD11 “x”"));
        return new EvidenceDraft(header, List.of(record), keys)
                .sign(log, archive)
                .withLog(events.getLast(), proof(), checkpoint);
    }

    /** The log under the paths of a server. */
    Path log(Path folder) throws IOException {
        write(folder.resolve("checkpoint"), checkpoint.encoded().getBytes(UTF_8));
        var hashes = new ByteArrayOutputStream();
        leaves.forEach(leaf -> hashes.writeBytes(leaf.bytes()));
        write(folder.resolve("tile/0/000.p/" + EVENTS), hashes.toByteArray());
        List<byte[]> entries = events.stream().map(Json.Obj::canonicalBytes).toList();
        write(folder.resolve("tile/entries/000.p/" + EVENTS), new EntryBundle(entries).encoded());
        return folder;
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, bytes);
    }
}
