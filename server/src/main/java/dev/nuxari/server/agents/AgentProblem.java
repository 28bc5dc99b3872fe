package dev.nuxari.server.agents;

import dev.nuxari.kernel.ProblemType;

/** Why something is not done with an agent, or not taken from it. */
public enum AgentProblem implements ProblemType {
    NO_SUCH_AGENT(404, "No such agent"),
    NO_SUCH_ENROLMENT_TOKEN(404, "No such enrolment token of this agent"),
    TOO_MANY_AGENTS(409, "The organization has as many agents as it may have"),
    AGENT_ENROLLED(409, "The agent has enrolled"),
    AGENT_NOT_ACTIVE(409, "The agent does not act"),
    AGENT_KEY_KNOWN(409, "Another agent has this key"),
    RECEIPT_NUMBER_REUSED(409, "The number belongs to another message"),
    AGENT_MESSAGE_REFUSED(422, "The message is not as the agent protocol has it");

    private final int status;
    private final String title;

    AgentProblem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
