package dev.nuxari.server.agents;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Shape;
import dev.nuxari.protocol.agent.ValueType;
import dev.nuxari.server.agents.Agent.Health;
import dev.nuxari.server.agents.Agent.Host;
import dev.nuxari.server.agents.Agent.State;
import dev.nuxari.server.agents.AgentOrders.Wish;
import dev.nuxari.server.agents.Agents.Ruling;
import dev.nuxari.server.agents.Fleet.Dossier;
import dev.nuxari.server.agents.Fleet.Standing;
import dev.nuxari.server.agents.TokenStore.Enrolment;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.api.ShownOnce;
import dev.nuxari.server.approvals.ApprovalId;
import dev.nuxari.server.findings.Finding;
import dev.nuxari.server.findings.Finding.Severity;
import dev.nuxari.server.identity.PublicAddress;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.workflow.WorkflowId;
import dev.nuxari.server.workflow.Workflows.Submitted;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/agents")
class AgentController {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_JUSTIFICATION = 2_000;

    private final Agents agents;
    private final Fleet fleet;
    private final AgentOrders orders;
    private final PublicAddress address;

    AgentController(Agents agents, Fleet fleet, AgentOrders orders, PublicAddress address) {
        this.agents = agents;
        this.fleet = fleet;
        this.orders = orders;
        this.address = address;
    }

    record NewAgent(String name) {
        NewAgent {
            name = InvalidField.text("name", name, LONGEST_NAME);
        }
    }

    /** Nothing can be said about it yet. */
    record NewAgentEnrolment() {}

    /** Nothing can be said about it yet. */
    record NewEnrolmentRevocation() {}

    /** Whether the host, or its key, is in other hands. Both are for good; the word is for those who read the log. */
    record NewAgentRevocation(@Nullable Boolean lost) {}

    /** What the agent shall do: a type of action, and its parameters as the type has them. */
    record NewAgentAction(String type, Json.Obj parameters, String justification) {
        NewAgentAction {
            justification = InvalidField.text("justification", justification, LONGEST_JUSTIFICATION);
            ActionType known = known(type);
            known.parameters()
                    .objection(InvalidField.required("parameters", parameters))
                    .ifPresent(name -> {
                        throw new InvalidField("parameters", name + " is not as " + type + " has it");
                    });
        }

        private static ActionType known(@Nullable String type) {
            return ActionType.find(InvalidField.required("type", type))
                    .orElseThrow(() -> new InvalidField("type", "is no action that agents know"));
        }

        Wish wish() {
            return new Wish(known(type), parameters, justification);
        }
    }

    record AgentHostView(
            String name,
            String keyThumbprint,
            String version,
            List<String> capabilities,
            Instant enrolledAt,
            @Nullable Instant lastSeenAt) {
        static @Nullable AgentHostView of(@Nullable Host host) {
            return host == null
                    ? null
                    : new AgentHostView(
                            host.name(),
                            host.keyThumbprint(),
                            host.version(),
                            host.capabilities(),
                            host.enrolledAt(),
                            host.lastSeenAt());
        }
    }

    /** The health is there for an agent that should speak; in flight are packages that it has yet to answer. */
    record AgentView(
            AgentId id,
            String name,
            State state,
            @Nullable Health health,
            long packagesInFlight,
            List<AgentWarning> warnings,
            @Nullable AgentHostView host,
            Instant createdAt,
            @Nullable Instant endedAt) {
        static AgentView of(Standing standing) {
            Agent agent = standing.agent();
            return new AgentView(
                    agent.id(),
                    agent.name(),
                    agent.state(),
                    standing.health().orElse(null),
                    standing.inFlight(),
                    standing.warnings(),
                    AgentHostView.of(agent.host().orElse(null)),
                    agent.createdAt(),
                    agent.endedAt());
        }
    }

    /** What was found out about an agent: one of the organization's findings. */
    record AgentFindingView(UUID id, Severity severity, String rule, Instant firstSeenAt, Instant lastSeenAt) {
        static AgentFindingView of(Finding finding) {
            return new AgentFindingView(
                    finding.id(), finding.severity(), finding.rule(), finding.firstSeenAt(), finding.lastSeenAt());
        }
    }

    /** A token, without what opens anything. */
    record EnrolmentTokenView(
            EnrolmentTokenId id,
            Instant createdAt,
            MemberId createdBy,
            Instant expiresAt,
            @Nullable Instant usedAt,
            @Nullable Instant revokedAt) {
        static EnrolmentTokenView of(Enrolment enrolment) {
            return new EnrolmentTokenView(
                    enrolment.id(),
                    enrolment.createdAt(),
                    enrolment.createdBy(),
                    enrolment.expiresAt(),
                    enrolment.usedAt(),
                    enrolment.revokedAt());
        }
    }

    /** The outcome is there when the agent has answered. */
    record AgentPackageView(
            PackageId id,
            WorkflowId workflowId,
            ApprovalId approvalId,
            int step,
            long sequence,
            Instant createdAt,
            Instant expiresAt,
            @Nullable String outcome) {}

    /** What the agent said became of a package: in the closed words of its protocol. */
    record AgentReceiptView(
            long number,
            @Nullable PackageId packageId,
            String outcome,
            @Nullable String reason,
            Instant at,
            Instant receivedAt,
            Json content) {}

    /** The last that a source on the host said. */
    record AgentObservationView(String source, long number, Instant at, Json content) {}

    /** How a parameter is asked for; whether it is right is said when it comes. */
    enum ParameterForm {
        CHOICE,
        WHOLE,
        TRUTH,
        MOMENT,
        TEXT;

        static ParameterForm of(ValueType type) {
            return switch (type) {
                case ValueType.Choice _ -> CHOICE;
                case ValueType.Whole _ -> WHOLE;
                case ValueType.Truth _ -> TRUTH;
                case ValueType.Moment _ -> MOMENT;
                default -> TEXT;
            };
        }
    }

    /** The words are those of a choice; the bounds are those of a whole number, and belong to it. */
    record ActionParameterView(
            String name,
            ParameterForm form,
            boolean required,
            List<String> words,
            @Nullable Long least,
            @Nullable Long most) {
        static ActionParameterView of(String name, ValueType type, boolean required) {
            List<String> words = type instanceof ValueType.Choice choice
                    ? choice.words().stream().sorted().toList()
                    : List.of();
            Optional<ValueType.Whole> whole =
                    type instanceof ValueType.Whole bounds ? Optional.of(bounds) : Optional.empty();
            return new ActionParameterView(
                    name,
                    ParameterForm.of(type),
                    required,
                    words,
                    whole.map(ValueType.Whole::least).orElse(null),
                    whole.map(ValueType.Whole::most).orElse(null));
        }
    }

    /** A type of action that can be planned; known is what the agent last said that it knows and its host allows. */
    record ActionTypeView(String type, boolean known, List<ActionParameterView> parameters) {
        static List<ActionTypeView> all(Agent agent) {
            List<String> known = agent.host().map(Host::capabilities).orElse(List.of());
            return Stream.of(ActionType.values())
                    .map(type -> new ActionTypeView(
                            type.spelled(), known.contains(type.spelled()), parameters(type.parameters())))
                    .toList();
        }

        private static List<ActionParameterView> parameters(Shape shape) {
            return shape.members().entrySet().stream()
                    .map(one -> ActionParameterView.of(
                            one.getKey(), one.getValue(), !shape.optional().contains(one.getKey())))
                    .toList();
        }
    }

    record AgentDetailView(
            AgentView agent,
            List<AgentFindingView> findings,
            List<ActionTypeView> actionTypes,
            List<EnrolmentTokenView> enrolmentTokens,
            List<AgentPackageView> packages,
            List<AgentReceiptView> receipts,
            List<AgentObservationView> observations) {
        static AgentDetailView of(Dossier dossier) {
            return new AgentDetailView(
                    AgentView.of(dossier.standing()),
                    dossier.findings().stream().map(AgentFindingView::of).toList(),
                    ActionTypeView.all(dossier.standing().agent()),
                    dossier.enrolments().stream().map(EnrolmentTokenView::of).toList(),
                    dossier.packages().stream().map(AgentDetailView::view).toList(),
                    dossier.receipts().stream().map(AgentDetailView::view).toList(),
                    dossier.observations().stream()
                            .map(one -> new AgentObservationView(
                                    one.source(), one.number(), one.at(), content(one.envelope())))
                            .toList());
        }

        private static AgentPackageView view(MessageStore.Sent one) {
            return new AgentPackageView(
                    one.id(),
                    one.workflow(),
                    new ApprovalId(one.approval()),
                    one.step(),
                    one.sequence(),
                    one.createdAt(),
                    one.expiresAt(),
                    one.outcome());
        }

        private static AgentReceiptView view(MessageStore.Received one) {
            return new AgentReceiptView(
                    one.number(),
                    one.packageId(),
                    one.outcome(),
                    one.reason(),
                    one.at(),
                    one.receivedAt(),
                    content(one.envelope()));
        }

        private static Json content(Json.Obj envelope) {
            return Json.parse(new String(DsseEnvelope.parse(envelope).payloadBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The token is shown here and never again; the command is what to say on the host. */
    record IssuedEnrolmentView(
            EnrolmentTokenId id, String token, String fingerprint, String command, Instant expiresAt) {}

    /** Whom to ask about it, and the hash that approvers decide on. */
    record OrderedActionView(WorkflowId workflowId, ApprovalId approvalId, PlanHash planHash) {}

    // Each query parameter has a name and a default of its own.
    @SuppressWarnings("checkstyle:ParameterNumber")
    @GetMapping
    PageView<AgentView> listAgents(
            OrganizationId organization,
            Caller caller,
            PageRequest page,
            @RequestParam(required = false) @Nullable String query,
            @RequestParam(required = false) @Nullable State state,
            @RequestParam(required = false) @Nullable Health health) {
        return PageView.of(
                fleet.list(organization, caller, new AgentFilter(query, state, health), page), AgentView::of);
    }

    @GetMapping("/{id}")
    AgentDetailView showAgent(OrganizationId organization, Caller caller, @PathVariable AgentId id) {
        return fleet.show(organization, caller, id)
                .map(AgentDetailView::of)
                .orElseThrow(() -> problem(AgentProblem.NO_SUCH_AGENT));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    AgentView addAgent(OrganizationId organization, Caller caller, @RequestBody NewAgent wanted) {
        return shown(
                organization,
                caller,
                done(agents.add(organization, caller, wanted.name())).id());
    }

    @PostMapping("/{id}/enrolment-tokens")
    @ResponseStatus(HttpStatus.CREATED)
    IssuedEnrolmentView issueEnrolmentToken(
            OrganizationId organization,
            Caller caller,
            @PathVariable AgentId id,
            @RequestBody(required = false) @Nullable NewAgentEnrolment nothing,
            HttpServletRequest request) {
        Agents.Issued issued = done(agents.issue(organization, caller, id));
        String token = issued.token().text();
        String fingerprint = issued.manifest().fingerprint();
        ShownOnce.mark(request, token);
        String server = address.baseUrl().toString().replaceFirst("/$", "");
        String command =
                "nuxari agent enroll --server %s --token %s --fingerprint %s".formatted(server, token, fingerprint);
        return new IssuedEnrolmentView(
                issued.enrolment().id(),
                token,
                fingerprint,
                command,
                issued.enrolment().expiresAt());
    }

    @PostMapping("/{id}/enrolment-tokens/{tokenId}/revocations")
    @ResponseStatus(HttpStatus.CREATED)
    AgentDetailView revokeEnrolmentToken(
            OrganizationId organization,
            Caller caller,
            @PathVariable AgentId id,
            @PathVariable EnrolmentTokenId tokenId,
            @RequestBody(required = false) @Nullable NewEnrolmentRevocation nothing) {
        if (!agents.revokeEnrolment(organization, caller, id, tokenId)) {
            throw problem(AgentProblem.NO_SUCH_ENROLMENT_TOKEN);
        }
        return showAgent(organization, caller, id);
    }

    @PostMapping("/{id}/revocations")
    @ResponseStatus(HttpStatus.CREATED)
    AgentView revokeAgent(
            OrganizationId organization,
            Caller caller,
            @PathVariable AgentId id,
            @RequestBody NewAgentRevocation wanted) {
        State state = Boolean.TRUE.equals(wanted.lost()) ? State.LOST : State.REVOKED;
        return shown(
                organization,
                caller,
                done(agents.end(organization, caller, id, state)).id());
    }

    private AgentView shown(OrganizationId organization, Caller caller, AgentId id) {
        return showAgent(organization, caller, id).agent();
    }

    @PostMapping("/{id}/actions")
    @ResponseStatus(HttpStatus.CREATED)
    OrderedActionView orderAction(
            OrganizationId organization, Caller caller, @PathVariable AgentId id, @RequestBody NewAgentAction wanted) {
        Submitted submitted = done(orders.ask(organization, caller, id, wanted.wish()));
        return new OrderedActionView(submitted.workflow(), submitted.approval(), submitted.planHash());
    }

    private static <T> T done(Ruling<T> ruling) {
        return switch (ruling) {
            case Ruling.Done<T>(T result) -> result;
            case Ruling.Refused<T>(AgentProblem why) -> throw problem(why);
        };
    }

    private static ProblemException problem(AgentProblem problem) {
        String advice = switch (problem) {
            case NO_SUCH_AGENT -> "Look at the list of agents.";
            case NO_SUCH_ENROLMENT_TOKEN -> "Look at the agent's enrolment tokens.";
            case TOO_MANY_AGENTS -> "Revoke agents that are not needed.";
            case AGENT_ENROLLED -> "A host has become this agent. Add another one for another host.";
            case AGENT_NOT_ACTIVE ->
                "Wait until its host has enrolled; one that was revoked or lost does nothing any more.";
            case AGENT_KEY_KNOWN, RECEIPT_NUMBER_REUSED, AGENT_MESSAGE_REFUSED -> "See the agent's log.";
        };
        return new ProblemException(problem, advice);
    }
}
