package dev.nuxari.agent;

import dev.nuxari.agent.Memory.Waiting;
import dev.nuxari.agent.Server.Question;
import dev.nuxari.agent.Server.SaidNo;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.DsseEnvelope;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Brings receipts to the server in their order, until it has each of them or will never have it. */
final class Reporting {
    private static final Logger LOGGER = System.getLogger(Reporting.class.getName());
    private static final int MOST_AT_ONCE = 32;

    private final Session session;
    private final Ledger ledger;
    private final RefusedReceipts refused;
    private final InstantSource clock;

    Reporting(Session session, Ledger ledger, RefusedReceipts refused, InstantSource clock) {
        this.session = session;
        this.ledger = ledger;
        this.refused = refused;
        this.clock = clock;
    }

    /**
     * Sends what waits. One that is refused for good does not stand in the way of the others, nor of orders.
     *
     * @throws SaidNo if they may be taken another time, or the server has another receipt of this number: then this host is one of two, or
     *     was set back, and does nothing until somebody has looked
     */
    void send() throws IOException, InterruptedException {
        int most = MOST_AT_ONCE;
        List<DsseEnvelope> waiting = ledger.memory().waiting();
        while (!waiting.isEmpty()) {
            List<DsseEnvelope> some = waiting.subList(0, Math.min(most, waiting.size()));
            try {
                post(some);
            } catch (SaidNo no) {
                if (!no.isForGood() || no.isNumberReused() || refused.isFull()) {
                    throw no;
                }
                if (some.size() == 1) {
                    putAside(ledger.memory().firstWaiting().orElseThrow(), no);
                    most = MOST_AT_ONCE;
                } else {
                    most = 1; // one of them is what is refused
                }
            }
            waiting = ledger.memory().waiting();
        }
    }

    private void post(List<DsseEnvelope> some) throws IOException, InterruptedException {
        List<Json.Obj> receipts = some.stream().map(DsseEnvelope::json).toList();
        int before = ledger.memory().waiting().size();
        Json.Obj answer = session.ask(Question.post("receipts", Json.object("v", 1, "receipts", receipts)));
        long taken = answer.integer("taken");
        ledger.change(memory -> memory.reported(taken));
        if (ledger.memory().waiting().size() >= before) {
            throw new IOException("the server takes no receipts");
        }
    }

    /** First it is kept, then it is let go: stopped in between, it is sent and refused again. */
    private void putAside(Waiting receipt, SaidNo no) throws IOException {
        Path file = refused.keep(receipt, String.valueOf(no.getMessage()), clock.instant());
        ledger.change(memory -> memory.reported(receipt.number()));
        LOGGER.log(
                Level.ERROR,
                "RECEIPT {0} WILL NEVER BE TAKEN: {1}. What it says of package {2} is known on this host alone, in {3}",
                Long.toString(receipt.number()),
                no.getMessage(),
                receipt.packageHash(),
                file);
    }
}
