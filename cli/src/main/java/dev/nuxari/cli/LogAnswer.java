package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.cli.terminal.Sheet;
import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.ArchivedCheckpoint;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.LogSource;
import dev.nuxari.transparency.LogVerification;
import dev.nuxari.transparency.LogVerification.Refuted;
import dev.nuxari.transparency.LogVerification.Stretch;
import dev.nuxari.transparency.LogVerification.Verified;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.Verification;
import java.io.IOException;
import java.util.Optional;

/**
 * What a verifier concluded about a log, and how to say it.
 *
 * @param archived whether the checkpoint's second signature was there, and verified
 * @param witnessed who has cosigned the checkpoint, if that was asked for
 * @param missing what was asked for and is not shown, although nothing is wrong
 */
record LogAnswer(
        LogVerification verification,
        boolean archived,
        Optional<LogSeen.Witnessed> witnessed,
        Optional<String> missing) {
    private LogAnswer(LogVerification verification, boolean archived) {
        this(verification, archived, Optional.empty(), Optional.empty());
    }

    private static LogAnswer refuted(String reason, String resource) {
        return new LogAnswer(new Refuted(reason, resource, Stretch.none()), false);
    }

    /** The log holds, and what witnesses have seen of it is behind what was kept. */
    static LogAnswer behind(LogVerification continued, SignedNote kept, SignedNote cosigned, LogSeen.Witnessed by) {
        if (by.objection().isPresent()) {
            return refuted(by.objection().get(), LogSource.CHECKPOINT);
        }
        String reason = by.shortfall()
                .orElse("that enough of the named witnesses have cosigned is of %d entries, and you kept one of %d"
                        .formatted(size(cosigned), size(kept)));
        return new LogAnswer(continued, false, Optional.empty(), Optional.of(reason));
    }

    private static long size(SignedNote note) {
        return Checkpoint.parse(note.text()).size();
    }

    /** Looks for the second signature too, if the keys to verify it with are there. */
    static LogAnswer of(LogVerification verification, LogSource log, Optional<KeyManifest> manifest)
            throws IOException {
        if (!(verification instanceof Verified verified) || manifest.isEmpty()) {
            return new LogAnswer(verification, false);
        }
        String path = "archive/" + verified.head().size();
        Optional<byte[]> found = log.read(path);
        if (found.isEmpty()) {
            return new LogAnswer(verification, false);
        }
        Optional<String> objection = objection(found.get(), verified, manifest.get());
        return objection.isPresent() ? refuted(objection.get(), path) : new LogAnswer(verification, true);
    }

    private static Optional<String> objection(byte[] file, Verified verified, KeyManifest manifest) {
        ArchivedCheckpoint archived;
        try {
            archived = ArchivedCheckpoint.parse(Json.parseObject(new String(file, UTF_8)));
        } catch (JsonException e) {
            return Optional.of("cannot be read: " + e.getMessage());
        }
        // Witnesses cosign later than the log signs.
        boolean same = archived.checkpoint().text().equals(verified.checkpoint().text())
                && verified.checkpoint()
                        .signatures()
                        .containsAll(archived.checkpoint().signatures());
        if (!same) {
            return Optional.of("is of another checkpoint");
        }
        return archived.verify(manifest) instanceof Verification.Refuted(String reason)
                ? Optional.of("does not hold: " + reason)
                : Optional.empty();
    }

    /** What witnesses say of what was verified. Too few of them say nothing against it. */
    LogAnswer seen(LogSeen seen) {
        if (!(verification instanceof Verified verified) || !seen.asksForWitnesses()) {
            return this;
        }
        LogSeen.Witnessed by = seen.witnessed(verified.checkpoint());
        return by.objection()
                .map(objection -> refuted(objection, LogSource.CHECKPOINT))
                .orElseGet(() -> new LogAnswer(verification, archived, Optional.of(by), by.shortfall()));
    }

    /** What was verified, if nothing that was asked for is missing. */
    Optional<Verified> verified() {
        return verification instanceof Verified verified && missing.isEmpty()
                ? Optional.of(verified)
                : Optional.empty();
    }

    Exit exit() {
        if (verification instanceof Refuted) {
            return Exit.REFUSED;
        }
        return missing.isPresent() ? Exit.NOT_SHOWN : Exit.DONE;
    }

    /** Tells it, with advice if nothing will be there to compare with the next time. */
    void print(Terminal terminal, boolean kept) {
        switch (verification) {
            case Verified verified -> terminal.answer(json(verified), () -> show(verified, terminal, kept));
            case Refuted refuted -> terminal.answer(json(refuted), () -> show(refuted, terminal));
        }
    }

    /** That the keys which were trusted are not the newest any more. */
    static String rotated(LogTrust.Trusted trusted, boolean kept) {
        int newest = trusted.newest().orElseThrow().version();
        return "The log key was replaced since version %d of the keys; version %d follows from it.%s"
                .formatted(
                        trusted.since(),
                        newest,
                        kept ? "" : " --save-keys keeps that one, to verify newer packages with it offline.");
    }

    private Json.Obj json(Verified verified) {
        Json.Obj json = Json.object(
                        "verified", missing.isEmpty(),
                        "origin", verified.head().origin(),
                        "size", verified.head().size(),
                        "root", verified.head().root().base64(),
                        "archived", archived)
                .withPresent(
                        "witnesses", witnessed.map(LogSeen.Witnessed::count).orElse(null))
                .withPresent(
                        "witnessedAt",
                        witnessed
                                .filter(_ -> missing.isEmpty())
                                .map(LogSeen.Witnessed::at)
                                .orElse(null))
                .withPresent("notShown", missing.orElse(null));
        return verified.since().map(since -> json.with("since", since.size())).orElse(json);
    }

    private static Json.Obj json(Refuted refuted) {
        return Json.object(
                "verified", false,
                "resource", refuted.resource(),
                "reason", refuted.reason(),
                "first", refuted.entries().first(),
                "last", refuted.entries().last());
    }

    private void show(Verified verified, Terminal terminal, boolean kept) {
        String entries =
                "%d entries lead to the signed root".formatted(verified.head().size());
        terminal.line(terminal.colours()
                .strong(missing.map(reason -> "Not shown: " + LogSource.CHECKPOINT + " " + reason + ".")
                        .orElse("Verified: " + entries + ".")));
        missing.ifPresent(
                _ -> terminal.note("Nothing is refuted: " + entries + ". Witnesses cosign once in a minute, and"
                        + " the server keeps their newest. Ask again, or ask the hosts."));
        Sheet sheet = new Sheet(terminal)
                .line("log", verified.head().origin())
                .line("root", verified.head().root().base64());
        verified.since()
                .ifPresent(since ->
                        sheet.line("grown", "from %d entries, all of them as they were".formatted(since.size())));
        if (archived) {
            sheet.line("archived", "its checkpoint has the organization's ML-DSA-65 signature too");
        }
        witnessed
                .filter(_ -> missing.isEmpty())
                .ifPresent(by -> sheet.line(
                        "seen",
                        "and cosigned by %d witnesses, %d of them at %s or later"
                                .formatted(by.count(), by.needed(), by.at())));
        sheet.print();
        if (!kept && verified.since().isEmpty()) {
            terminal.note("A log that is cut or rewritten as a whole is only noticed by those who kept a checkpoint:"
                    + " --save keeps this one, --from compares with it.");
        }
    }

    private static void show(Refuted refuted, Terminal terminal) {
        String where = refuted.entries().isEmpty() ? "" : " (" + refuted.entries() + ")";
        terminal.line(terminal.colours()
                .strong(Table.harmless("Refuted: " + refuted.resource() + " " + refuted.reason() + where + ".")));
    }
}
