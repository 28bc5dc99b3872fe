package dev.nuxari.server.domains;

import dev.nuxari.server.domains.CheckRuling.Checked;
import dev.nuxari.server.domains.CheckRuling.TooSoon;
import dev.nuxari.server.domains.CheckRuling.Unknown;
import dev.nuxari.server.domains.Domain.Verified;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.TimerTask;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Looks at each verified domain again every day. One that is not verified any more is left alone until somebody asks. */
@Component
class DomainWatch implements TimerTask {
    private final DomainChecks checks;
    private final DomainStore store;
    private final OrganizationScope scope;
    private final InstantSource clock;

    DomainWatch(DomainChecks checks, DomainStore store, OrganizationScope scope, InstantSource clock) {
        this.checks = checks;
        this.store = store;
        this.scope = scope;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return DomainChecks.TIMER;
    }

    @Override
    public Optional<Instant> run(Caller caller, String id) {
        var domain = new DomainId(UUID.fromString(id));
        if (!isVerified(caller, domain)) {
            return Optional.empty();
        }
        return switch (checks.check(caller.organization(), caller, domain)) {
            case Checked(Verified _, var _, var _) ->
                Optional.of(clock.instant().plus(DomainChecks.AGAIN));
            case TooSoon(Instant notBefore) -> Optional.of(notBefore);
            case Checked _, Unknown _ -> Optional.empty();
        };
    }

    private boolean isVerified(Caller caller, DomainId domain) {
        return scope.reading(caller.organization(), caller, () -> store.find(domain))
                .filter(Verified.class::isInstance)
                .isPresent();
    }
}
