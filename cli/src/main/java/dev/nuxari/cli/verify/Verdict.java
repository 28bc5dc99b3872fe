package dev.nuxari.cli.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.AuditExport;
import dev.nuxari.protocol.Check;
import dev.nuxari.protocol.EvidenceCollection;
import dev.nuxari.protocol.EvidenceVerification.Trust;
import dev.nuxari.protocol.KeyManifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** What was concluded about a file, and how to say it. */
public interface Verdict {
    /**
     * Verifies a file as what it says it is; what says nothing is verified as an evidence package.
     *
     * @throws JsonException if the trusted root is no key manifest
     */
    static Verdict of(byte[] file, Optional<byte[]> trustedRoot) {
        return AuditExport.claims(file) ? ExportedEvents.verify(file, trustedRoot) : Offline.verify(file, trustedRoot);
    }

    /**
     * Verifies a file that need not fit into memory; empty, and nothing read, if the file does not say that it is one.
     *
     * @param file supports {@link InputStream#mark}
     * @throws JsonException if the trusted root is no key manifest
     * @throws IOException if the file cannot be read
     */
    static Optional<Verdict> whileReading(InputStream file, Optional<byte[]> trustedRoot) throws IOException {
        file.mark(EvidenceCollection.enough());
        byte[] beginning = file.readNBytes(EvidenceCollection.enough());
        file.reset();
        return EvidenceCollection.claims(beginning)
                ? Optional.of(CollectedEvidence.verify(file, trustedRoot))
                : Optional.empty();
    }

    /**
     * Reads a trusted root.
     *
     * @throws JsonException if it is no key manifest
     */
    static Optional<KeyManifest> trusted(Optional<byte[]> trustedRoot) {
        return trustedRoot.map(root -> KeyManifest.parse(Json.parseObject(new String(root, UTF_8))));
    }

    boolean verified();

    /** One line: that it holds, or the first thing that does not. */
    String conclusion();

    List<Check> asked();

    /** The whole of it, for programs. */
    Json.Obj json();

    /** Every check with its answer. */
    default void print(Terminal terminal) {
        for (Check check : asked()) {
            String mark = check.passed() ? "passed" : "refuted";
            String text = check.passed() ? check.claim() : complaint(check);
            terminal.line(terminal.colours().state(mark) + (check.passed() ? "   " : "  ") + Table.harmless(text));
        }
    }

    /** A check, for programs. */
    static Json.Obj json(Check check) {
        return switch (check.result()) {
            case Check.Passed() -> Json.object("name", check.name(), "passed", true);
            case Check.Refuted(String reason, String where) ->
                Json.object("name", check.name(), "passed", false, "reason", reason, "where", where);
        };
    }

    /** What is wrong, and where. */
    static String complaint(Check check) {
        return switch (check.result()) {
            case Check.Passed() -> check.claim();
            case Check.Refuted(String reason, String where) ->
                check.name() + ": " + reason + (where.isEmpty() ? "" : " (at " + where + ")");
        };
    }

    /** On whose word the keys are taken. */
    static String words(Trust trust, String what, String fingerprint) {
        return switch (trust) {
            case TRUSTED_ROOT -> "the keys are those of the trusted root.";
            case KEYS_OF_THE_PACKAGE ->
                "the " + what + " is consistent in itself, its keys were taken from it: compare their fingerprint "
                        + fingerprint + " with the organization's, or give --trusted-root.";
        };
    }
}
