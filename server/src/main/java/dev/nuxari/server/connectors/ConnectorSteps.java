package dev.nuxari.server.connectors;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.workflow.ExecutionPermit;
import dev.nuxari.server.workflow.PlannedStep;
import dev.nuxari.server.workflow.StepPerformer;
import org.springframework.stereotype.Component;

/** Performs the steps of a workflow on the governed systems. */
@Component
class ConnectorSteps implements StepPerformer {
    private final SystemAccess systems;

    ConnectorSteps(SystemAccess systems) {
        this.systems = systems;
    }

    @Override
    public Condition look(OrganizationId organization, Caller caller, PlannedStep step) {
        Sight sight = systems.look(organization, caller, step);
        return new Condition(sight.exists(), sight.enabled(), sight.held());
    }

    @Override
    public Performed perform(ExecutionPermit permit, Caller caller) {
        return switch (systems.execute(permit, caller)) {
            case CHANGED -> Performed.CHANGED;
            case UNCHANGED -> Performed.UNCHANGED;
        };
    }
}
