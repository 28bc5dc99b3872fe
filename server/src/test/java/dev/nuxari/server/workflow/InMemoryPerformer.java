package dev.nuxari.server.workflow;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Caller;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A governed system in memory, which can be down, lie, or lose its answer. */
final class InMemoryPerformer implements StepPerformer {
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Optional<StepFailure>> outage = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<RuntimeException>> crash = new AtomicReference<>(Optional.empty());
    private final AtomicBoolean deaf = new AtomicBoolean();
    private final AtomicInteger orders = new AtomicInteger();
    private final ExecutionGate gate;

    InMemoryPerformer(ExecutionGate gate) {
        this.gate = gate;
    }

    /** From now on every call fails so, until {@link #isUp}. */
    void isDown(StepFailure failure) {
        outage.set(Optional.of(failure));
    }

    void isUp() {
        outage.set(Optional.empty());
        crash.set(Optional.empty());
        deaf.set(false);
    }

    /** From now on every order is accepted and none takes effect, until {@link #isUp}. */
    void acceptsWithoutActing() {
        deaf.set(true);
    }

    /** The order takes effect, and the answer never arrives: what a crash of the server looks like. */
    void losesItsNextAnswer(RuntimeException crashed) {
        crash.set(Optional.of(crashed));
    }

    int orders() {
        return orders.get();
    }

    @Override
    public Condition look(OrganizationId organization, Caller caller, PlannedStep step) {
        outage.get().ifPresent(failure -> {
            throw failure;
        });
        return new Condition(true, true, held.contains(key(organization, step)));
    }

    @Override
    public Performed perform(ExecutionPermit permit, Caller caller) {
        outage.get().ifPresent(failure -> {
            throw failure;
        });
        if (!gate.redeem(permit, caller)) {
            throw new StepFailure(FailureClass.PERMISSION, "the permit was refused");
        }
        orders.incrementAndGet();
        boolean changed = deaf.get() || held.add(key(permit.organization(), permit.step()));
        crash.getAndSet(Optional.empty()).ifPresent(crashed -> {
            throw crashed;
        });
        return changed ? Performed.CHANGED : Performed.UNCHANGED;
    }

    private static String key(OrganizationId organization, PlannedStep step) {
        return organization + "/" + step.account().nativeId() + "/" + step.entitlement();
    }
}
