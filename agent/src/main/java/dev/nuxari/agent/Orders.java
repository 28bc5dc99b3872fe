package dev.nuxari.agent;

import dev.nuxari.agent.Memory.Running;
import dev.nuxari.agent.action.Action;
import dev.nuxari.agent.action.Actions;
import dev.nuxari.agent.action.Outliving;
import dev.nuxari.agent.action.Sight.Seen;
import dev.nuxari.agent.action.Sight.Unseen;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.protocol.agent.ActionPackage;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Delivery;
import dev.nuxari.protocol.agent.LogJudgement;
import dev.nuxari.protocol.agent.PackageJudgement;
import dev.nuxari.protocol.agent.PackageJudgement.Rejected;
import dev.nuxari.protocol.agent.PackageJudgement.Standpoint;
import dev.nuxari.protocol.agent.PackageJudgement.Taken;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Receipt.Outcome;
import dev.nuxari.protocol.agent.Rejection;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Carries out what it is sent, if it has to be believed, at most once, and writes down what became of it. */
final class Orders {
    /** With so many receipts that nobody has taken, nothing more is done that would need another one. */
    static final int MOST_WAITING = 1_000;

    private static final Logger LOGGER = System.getLogger(Orders.class.getName());
    private static final int MOST_REPORTED = 10_000;

    private final Ledger ledger;
    private final Actions actions;
    private final PolicyFile policy;
    private final Ed25519PrivateKey key;
    private final InstantSource clock;
    private final Set<String> reported = new HashSet<>();
    private boolean restartDue;

    Orders(Ledger ledger, Actions actions, PolicyFile policy, Ed25519PrivateKey key, InstantSource clock) {
        this.ledger = ledger;
        this.actions = actions;
        this.policy = policy;
        this.key = key;
        this.clock = clock;
    }

    boolean isFull() {
        return ledger.memory().waiting().size() >= MOST_WAITING;
    }

    /** Whether something was begun whose end is not known yet; nothing else is begun meanwhile. */
    boolean isBusy() {
        return ledger.memory().running().isPresent();
    }

    /** Whether this process has to end, so that another one can go on. */
    boolean isRestartDue() {
        return restartDue;
    }

    /** If something was begun and did not end, looks what became of it. It is not done again. */
    void recover() throws IOException {
        Optional<Running> begun = ledger.memory().running();
        if (begun.isEmpty()) {
            return;
        }
        Running order = begun.get();
        Optional<Action> action = ActionType.find(order.type()).flatMap(actions::find);
        if (action.orElse(null) instanceof Outliving outliving) {
            conclude(order, outliving);
            return;
        }
        Optional<Seen> seen = action.map(known -> known.look(order.parameters()))
                .filter(Seen.class::isInstance)
                .map(Seen.class::cast);
        Outcome outcome =
                seen.filter(Seen::isAsAsked).isPresent() ? Outcome.RESOLVED_BY_OBSERVATION : Outcome.INTERRUPTED;
        LOGGER.log(Level.WARNING, "Was stopped during package {0}: {1}", order.packageId(), outcome);
        end(order, outcome, Optional.empty(), seen.map(Seen::summary));
    }

    /**
     * Judges a package and does what it says if it is taken.
     *
     * @throws IOException if what has to be written down cannot be; then nothing was done that is not written down
     */
    void handle(Delivery delivery, LogJudgement log) throws IOException {
        if (ledger.memory().isWaiting(delivery.hash())) {
            return; // the server has not read yet what became of it
        }
        Instant now = clock.instant();
        Standpoint standpoint =
                new Standpoint(ledger.memory().remembered(), policy.read().policy(), actions.types());
        switch (PackageJudgement.judge(delivery, standpoint, log, now)) {
            case Rejected rejected -> reject(delivery, rejected, now);
            case Taken(ActionPackage order, ActionType type) ->
                carryOut(delivery, order, actions.find(type).orElseThrow(), now);
        }
    }

    private void reject(Delivery delivery, Rejected rejected, Instant now) throws IOException {
        Rejection reason = rejected.reason();
        String hash = delivery.hash();
        if (reported.size() >= MOST_REPORTED) {
            reported.clear();
        }
        if (!reported.add(hash + reason)) {
            return;
        }
        LOGGER.log(Level.WARNING, "Rejected package {0}: {1}", hash, reason.meaning());
        ledger.change(memory -> memory.reporting(now, hash, rejected.packageId(), Ending.rejected(reason), key));
    }

    private void carryOut(Delivery delivery, ActionPackage order, Action action, Instant now) throws IOException {
        switch (action.look(order.parameters())) {
            case Unseen(Failure why) -> settle(delivery, order, failed(why, now));
            case Seen(boolean isAsAsked, Summary before)
            when isAsAsked ->
                settle(
                        delivery,
                        order,
                        new Ending(
                                Outcome.UNCHANGED,
                                Optional.empty(),
                                Optional.of(before),
                                Optional.of(before),
                                now,
                                clock.instant()));
            case Seen(var _, Summary before) -> perform(delivery, order, action, before);
        }
    }

    private Ending failed(Failure why, Instant startedAt) {
        return new Ending(
                Outcome.FAILED,
                Optional.of(Spelling.of(why)),
                Optional.empty(),
                Optional.empty(),
                startedAt,
                clock.instant());
    }

    /** Takes a package that needs nothing done, and reports it in the same write. */
    private void settle(Delivery delivery, ActionPackage order, Ending ending) throws IOException {
        ledger.change(memory -> {
            Memory taken = memory.taking(order);
            Memory counted = ending.outcome().endsStep() ? taken.countingDone(order) : taken;
            return counted.reporting(clock.instant(), delivery.hash(), Optional.of(order.packageId()), ending, key);
        });
    }

    /** First the note, then the deed. */
    private void perform(Delivery delivery, ActionPackage order, Action action, Summary before) throws IOException {
        Running running = new Running(
                order.packageId(),
                delivery.hash(),
                order.type(),
                order.parameters(),
                order.stepRef(),
                before,
                clock.instant());
        ledger.change(memory -> memory.taking(order).countingDone(order).running(running));
        Optional<Failure> failure = action.perform(order.parameters());
        if (action instanceof Outliving outliving) {
            restartDue = conclude(running, outliving);
            return;
        }
        switch (action.look(order.parameters())) {
            case Seen(boolean isAsAsked, Summary after)
            when isAsAsked -> end(running, Outcome.CHANGED, Optional.empty(), Optional.of(after));
            case Seen(var _, Summary after)
            when after.equals(before) ->
                end(
                        running,
                        Outcome.FAILED,
                        failure.or(() -> Optional.of(Failure.UNEXPECTED_STATE)),
                        Optional.of(after));
            case Seen _, Unseen _ -> undo(running, action);
        }
    }

    /** Writes down how it ended, if that is known; else says that it is not. */
    private boolean conclude(Running order, Outliving action) throws IOException {
        switch (action.verdict(order.parameters())) {
            case Outliving.Verdict.Open() -> {
                return true;
            }
            case Outliving.Verdict.Done(Summary after) ->
                end(order, Outcome.CHANGED, Optional.empty(), Optional.of(after));
            case Outliving.Verdict.Failed(Failure why, Summary after) ->
                end(order, Outcome.FAILED, Optional.of(why), Optional.of(after));
        }
        action.settled();
        return false;
    }

    /** It is neither as it was nor as it should be. */
    private void undo(Running running, Action action) throws IOException {
        boolean undone = action.undo(running.parameters(), running.before());
        Optional<Summary> left = action.look(running.parameters()) instanceof Seen(var _, Summary seen)
                ? Optional.of(seen)
                : Optional.empty();
        Failure why = undone ? Failure.UNDONE : Failure.UNEXPECTED_STATE;
        end(running, Outcome.FAILED, Optional.of(why), left);
    }

    private void end(Running order, Outcome outcome, Optional<Failure> why, Optional<Summary> after)
            throws IOException {
        Instant now = clock.instant();
        Instant endedAt = now.isBefore(order.startedAt()) ? order.startedAt() : now;
        Ending ending = new Ending(
                outcome, why.map(Spelling::of), Optional.of(order.before()), after, order.startedAt(), endedAt);
        ledger.change(memory ->
                memory.ended(ending).reporting(now, order.packageHash(), Optional.of(order.packageId()), ending, key));
        LOGGER.log(Level.INFO, "Package {0}: {1}", order.packageId(), outcome);
    }
}
