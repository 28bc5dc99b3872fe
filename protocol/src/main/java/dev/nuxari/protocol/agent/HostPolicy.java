package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.Located;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.transparency.Ed25519PublicKey;
import dev.nuxari.transparency.StrictBase64;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the owner of a host lets its agent do, whatever anybody approves elsewhere: a file that only root can write.
 */
public final class HostPolicy {
    private static final int LONGEST_DAYS = 365;
    private static final String PACK_KEYS = "posturePackKeys";
    private static final List<String> OPTIONAL = List.of("approvals", PACK_KEYS);

    /** Allows nothing: where there is no policy. */
    public static final HostPolicy NOTHING = new HostPolicy(Duration.ofDays(30), Map.of(), Optional.empty(), List.of());

    private final Duration maximumPlanAge;
    private final Map<ActionType, Map<String, Limit>> actions;
    private final Optional<ApproverDemand> approvals;
    private final List<VerificationKey.Ed25519> posturePackKeys;

    private HostPolicy(
            Duration maximumPlanAge,
            Map<ActionType, Map<String, Limit>> actions,
            Optional<ApproverDemand> approvals,
            List<VerificationKey.Ed25519> posturePackKeys) {
        this.maximumPlanAge = maximumPlanAge;
        this.actions = Map.copyOf(actions);
        this.approvals = approvals;
        this.posturePackKeys = List.copyOf(posturePackKeys);
    }

    /**
     * Reads a policy.
     *
     * @throws dev.nuxari.kernel.JsonException if anything in it is not understood: a limit that is not read limits nothing
     */
    public static HostPolicy parse(String text) {
        Located json = Located.root(Json.parseObject(text));
        json.requireMembers(Stream.concat(
                        Stream.of("v", "maximumPlanAgeDays", "actions"),
                        OPTIONAL.stream().filter(json.value()::has))
                .toArray(String[]::new));
        if (json.integer("v") != 1) {
            throw json.refuse("v", "this agent reads version 1");
        }
        int days = json.number("maximumPlanAgeDays");
        if (days < 1 || days > LONGEST_DAYS) {
            throw json.refuse("maximumPlanAgeDays", "between 1 and " + LONGEST_DAYS);
        }
        return new HostPolicy(
                Duration.ofDays(days),
                actions(json),
                json.value().has("approvals")
                        ? Optional.of(ApproverDemand.parse(json.object("approvals")))
                        : Optional.empty(),
                json.value().has(PACK_KEYS) ? packKeys(json) : List.of());
    }

    private static Map<ActionType, Map<String, Limit>> actions(Located json) {
        Map<ActionType, Map<String, Limit>> actions = new LinkedHashMap<>();
        for (Located action : json.objects("actions")) {
            action.requireMembers("type", "limits");
            ActionType type = ActionType.find(action.string("type"))
                    .orElseThrow(() -> action.refuse("type", "this agent knows no such action"));
            if (actions.put(type, limits(type, action.object("limits"))) != null) {
                throw action.refuse("type", "stands twice");
            }
        }
        return actions;
    }

    private static List<VerificationKey.Ed25519> packKeys(Located json) {
        try {
            return json.strings(PACK_KEYS).stream()
                    .map(text -> new VerificationKey.Ed25519(new Ed25519PublicKey(StrictBase64.decode(text))))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw json.refuse(PACK_KEYS, "base64 of Ed25519 public keys");
        }
    }

    private static Map<String, Limit> limits(ActionType type, Located json) {
        Map<String, Limit> limits = new LinkedHashMap<>();
        for (String name : json.value().members().keySet()) {
            if (!type.parameters().members().containsKey(name)) {
                throw json.refuse(name, "the action has no such parameter");
            }
            limits.put(name, Limit.parse(json.object(name)));
        }
        return limits;
    }

    /** How old a plan may be, and so how long it has to be remembered. */
    public Duration maximumPlanAge() {
        return maximumPlanAge;
    }

    /** Of whom this host takes posture packs that the server passes on. */
    public List<VerificationKey.Ed25519> posturePackKeys() {
        return posturePackKeys;
    }

    /** How many actions it allows. */
    public int size() {
        return actions.size();
    }

    /** Whether it names this action, within whatever limits. */
    public boolean allows(ActionType type) {
        return actions.containsKey(type);
    }

    boolean admits(ActionType type, Json.Obj parameters) {
        return actions.getOrDefault(type, Map.of()).entrySet().stream()
                .allMatch(limit ->
                        !parameters.has(limit.getKey()) || limit.getValue().admits(parameters.member(limit.getKey())));
    }

    boolean isSatisfiedBy(ActionPackage order) {
        return approvals.map(demand -> demand.isMet(order)).orElse(true);
    }
}
