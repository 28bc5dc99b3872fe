package dev.nuxari.cli;

import dev.nuxari.cli.terminal.Sheet;
import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.LogVerification;
import dev.nuxari.transparency.LogVerification.Refuted;
import dev.nuxari.transparency.LogVerification.Verified;

/** What a verifier concluded about a log, and how to say it. */
record LogAnswer(LogVerification verification) {
    boolean verified() {
        return verification instanceof Verified;
    }

    /** Tells it, with advice if nothing will be there to compare with the next time. */
    void print(Terminal terminal, boolean kept) {
        switch (verification) {
            case Verified verified -> terminal.answer(json(verified), () -> show(verified, terminal, kept));
            case Refuted refuted -> terminal.answer(json(refuted), () -> show(refuted, terminal));
        }
    }

    private static Json.Obj json(Verified verified) {
        Json.Obj json = Json.object(
                "verified", true,
                "origin", verified.head().origin(),
                "size", verified.head().size(),
                "root", verified.head().root().base64());
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

    private static void show(Verified verified, Terminal terminal, boolean kept) {
        long size = verified.head().size();
        terminal.line(terminal.colours().strong("Verified: %d entries lead to the signed root.".formatted(size)));
        Sheet sheet = new Sheet(terminal)
                .line("log", verified.head().origin())
                .line("root", verified.head().root().base64());
        verified.since()
                .ifPresent(since ->
                        sheet.line("grown", "from %d entries, all of them as they were".formatted(since.size())));
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
