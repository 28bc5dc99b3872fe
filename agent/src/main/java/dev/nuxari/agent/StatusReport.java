package dev.nuxari.agent;

import dev.nuxari.agent.DurableFile.Content;
import dev.nuxari.agent.posture.PosturePack;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Cosignature;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.StrictBase64;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/** How the agent of this host is, from its files. */
final class StatusReport {
    private final AgentFolder folder;
    private final PolicyFile policy;
    private final PrintStream out;
    private boolean good = true;

    StatusReport(AgentFolder folder, PolicyFile policy, PrintStream out) {
        this.folder = folder;
        this.policy = policy;
        this.out = out;
    }

    /** Whether all is well. */
    boolean print() throws IOException {
        if (folder.identity().read() instanceof Content.Read(Json.Obj identity)) {
            Identity known = Identity.parse(identity);
            line("agent", known.agent().toString(), true);
            line("server", known.connection().server().toString(), true);
            witness(known);
        } else {
            line("agent", "not enrolled", false);
        }
        memory();
        switch (policy.read()) {
            case PolicyFile.Answer.Valid(var valid) -> line("policy", valid.size() + " kinds of action allowed", true);
            case PolicyFile.Answer.Absent _ -> line("policy", "none: nothing is allowed", true);
            case PolicyFile.Answer.Refused(String reason) -> line("policy", "REFUSED: " + reason, false);
        }
        Optional<String> alarm = new Alarm(folder.alarm()).current();
        alarm.ifPresent(text -> line("ALARM", text + " (see " + folder.alarm().path() + ")", false));
        new RefusedReceipts(folder).said().ifPresent(text -> line("REFUSED", text, false));
        PosturePack pack = new PostureShelf(folder.posture()).current();
        line("posture", "%s, version %d".formatted(pack.source(), pack.version()), true);
        new EvidenceSafe(folder).fault().ifPresent(message -> line("evidence", "NOT KEPT: " + message, false));
        contact();
        return good;
    }

    /** What auditors take home, to count this host's cosignatures. */
    private void witness(Identity known) throws IOException {
        if (folder.key().read() instanceof Content.Read(Json.Obj key)
                && folder.state().read() instanceof Content.Read(Json.Obj state)) {
            var own = new Ed25519PrivateKey(StrictBase64.decode(key.string("ed25519")));
            String origin = Memory.parse(state).checkpoint().origin();
            line(
                    "witness",
                    Cosignature.of(origin, known.agent(), own.publicKey()).encoded(),
                    true);
        }
    }

    private void memory() throws IOException {
        switch (folder.state().read()) {
            case Content.Read(Json.Obj state) -> {
                Memory memory = Memory.parse(state);
                line("log", memory.checkpoint().size() + " entries followed", !memory.isForked());
                line("orders", "up to " + memory.sequence(), true);
                line("waiting", memory.waiting().size() + " receipts", true);
            }
            case Content.Missing _ -> line("state", "MISSING: enrol this host again", false);
            case Content.Corrupt(String reason) -> line("state", "CORRUPT: " + reason, false);
        }
    }

    private void contact() throws IOException {
        if (folder.contact().read() instanceof Content.Read(Json.Obj contact)) {
            String failure = contact.string("failure");
            line(
                    "contact",
                    contact.string("at") + (failure.isEmpty() ? "" : ", failed: " + failure),
                    failure.isEmpty());
            line("clock", contact.integer("clockDifference") + " s behind the server's", true);
        } else {
            line("contact", "never", true);
        }
    }

    private void line(String name, String value, boolean isGood) {
        out.printf("%-8s %s%n", name, value);
        good &= isGood;
    }
}
