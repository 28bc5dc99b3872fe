package dev.nuxari.protocol;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Which packages are collected: those sealed in a period, and of them those about one thing.
 *
 * @param from the period begins with this instant
 * @param to and ends before this one
 */
public record EvidenceSelector(Instant from, Instant to, About about) {
    static final String FROM = "from";
    static final String TO = "to";
    private static final String ACCOUNT = "account";
    private static final String CONNECTOR = "connectorId";
    private static final String CONTROL = "control";

    public EvidenceSelector {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a period ends after it begins");
        }
    }

    /** What a package has to be about. */
    public sealed interface About {
        /** Whether a package with a step for this account of this connector is about it. */
        boolean meets(String connector, String nativeId);
    }

    /** Any package will do. */
    public record Anything() implements About {
        @Override
        public boolean meets(String connector, String nativeId) {
            return true;
        }
    }

    /**
     * One account of one governed system.
     *
     * @param scope as packages name it, {@code <connectorId>/<native id of the account>}
     */
    public record Account(String scope) implements About {
        public Account {
            int separator = scope.indexOf('/');
            if (separator < 0 || separator == scope.length() - 1) {
                throw new IllegalArgumentException("no account of a connector: " + scope);
            }
            ConnectorId.parse(scope.substring(0, separator));
        }

        @Override
        public boolean meets(String connector, String nativeId) {
            return scope.equals(connector + "/" + nativeId);
        }
    }

    /** Every account of one governed system. */
    public record Connector(ConnectorId id) implements About {
        @Override
        public boolean meets(String connector, String nativeId) {
            return id.toString().equals(connector);
        }
    }

    /** One control; every package is evidence for it. */
    public record Control(EvidenceControl control) implements About {
        @Override
        public boolean meets(String connector, String nativeId) {
            return true;
        }
    }

    /** Whether a package about this is to be collected. */
    public boolean selects(EvidenceHeader.Scope scope) {
        int separator = scope.id().indexOf('/');
        return separator < 0
                ? about instanceof Anything || about instanceof Control
                : about.meets(scope.id().substring(0, separator), scope.id().substring(separator + 1));
    }

    boolean includes(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    /** By the names of the API. */
    public Json.Obj json() {
        Json.Obj period = Json.object(FROM, from, TO, to);
        return switch (about) {
            case Anything() -> period;
            case Account(String scope) -> period.with(ACCOUNT, scope);
            case Connector(ConnectorId id) -> period.with(CONNECTOR, id);
            case Control(EvidenceControl control) -> period.with(CONTROL, control.id());
        };
    }

    static EvidenceSelector parse(Located json) {
        Map<String, Json> members = json.value().members();
        List<String> narrowing = members.keySet().stream()
                .filter(name -> !name.equals(FROM) && !name.equals(TO))
                .toList();
        Instant from = json.instant(FROM);
        Instant to = json.instant(TO);
        if (!from.isBefore(to)) {
            throw json.refuse(TO, "a period ends after it begins");
        }
        if (narrowing.size() > 1) {
            throw json.refuse(narrowing.get(1), "a collection is about one thing");
        }
        return new EvidenceSelector(from, to, narrowing.isEmpty() ? new Anything() : about(json, narrowing.getFirst()));
    }

    private static About about(Located json, String name) {
        return switch (name) {
            case ACCOUNT -> json.read(ACCOUNT, Account::new);
            case CONNECTOR -> new Connector(new ConnectorId(json.uuid(CONNECTOR)));
            case CONTROL ->
                new Control(EvidenceControl.of(json.string(CONTROL))
                        .orElseThrow(() -> json.refuse(CONTROL, "no check of this verifier speaks for it")));
            default -> throw json.refuse(name, "no such member in this version");
        };
    }
}
