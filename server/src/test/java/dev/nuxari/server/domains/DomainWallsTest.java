package dev.nuxari.server.domains;

import static dev.nuxari.server.domains.DomainGround.unused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database keeps when a statement is written by hand: as the server's role, in a scope that its door opened. */
@ServerTest
@Claim({"I1", "T4"})
class DomainWallsTest {
    private static final String ADD = """
            INSERT INTO organization_domain (organization_id, domain_id, domain, token, state, verified_at, added_at, next_check_at)
            VALUES (?, gen_random_uuid(), ?, repeat('0', 32), ?, CASE WHEN ? = 'verified' THEN now() END, now(), now())
            """;

    private static final String VERIFY =
            "UPDATE organization_domain SET state = 'verified', verified_at = now() WHERE domain_id = ?";

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    JdbcClient server;

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @SuppressWarnings("NullAway.Init")
    private DomainGround ground;

    @BeforeEach
    void givenOrganization() {
        ground = DomainGround.fresh(http, clock);
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"OWNER", "ADMIN"})
    void othersNeitherAddVerifyNorRemoveADomain(Role role) {
        Json.Obj domain = ground.added(unused());
        UUID id = UUID.fromString(domain.string("id"));

        for (String sql : new String[] {VERIFY, "DELETE FROM organization_domain WHERE domain_id = ?"}) {
            assertThatThrownBy(() -> run(as(role), sql, id)).hasMessageContaining("may not change domains");
        }
        assertThatThrownBy(() -> run(as(role), ADD, organization(), unused(), "pending", "pending"))
                .hasMessageContaining("may not change domains");
    }

    @Test
    void noDomainIsVerifiedFromTheStart() {
        assertThatThrownBy(() -> run(as(Role.OWNER), ADD, organization(), unused(), "verified", "verified"))
                .hasMessageContaining("no domain is verified from the start");
        assertThat(run(as(Role.OWNER), ADD, organization(), unused(), "pending", "pending"))
                .isEqualTo(1);
    }

    @Test
    void dailyLookNeitherAddsNorRemoves() {
        UUID id = UUID.fromString(ground.added(unused()).string("id"));
        Caller watch = doorkeeper.admitSystem(ground.organization().id(), DomainChecks.TIMER);
        Caller other = doorkeeper.admitSystem(ground.organization().id(), "log-watch");

        assertThatThrownBy(() -> run(watch, ADD, organization(), unused(), "pending", "pending"))
                .hasMessageContaining("may not change domains");
        assertThatThrownBy(() -> run(watch, "DELETE FROM organization_domain WHERE domain_id = ?", id))
                .hasMessageContaining("may not change domains");
        assertThatThrownBy(() -> run(other, VERIFY, id)).hasMessageContaining("may not change domains");
        assertThat(run(watch, VERIFY, id)).isEqualTo(1);
    }

    @Test
    void challengeIsNeverChanged() {
        UUID id = UUID.fromString(ground.added(unused()).string("id"));

        for (String column : new String[] {"token", "domain", "organization_id", "added_at"}) {
            assertThatThrownBy(() -> run(
                            as(Role.OWNER),
                            "UPDATE organization_domain SET " + column + " = " + column + " WHERE domain_id = ?",
                            id))
                    .as(column)
                    .hasStackTraceContaining("permission denied");
        }
    }

    /** The index looks at all rows, also those that row-level security hides. What it says is what whoever asked has said. */
    @Test
    void domainIsVerifiedForOneOrganizationWhateverStatementTries() {
        String name = unused();
        Json.Obj theirs = ground.verified(name);
        DomainGround second = DomainGround.fresh(http, clock);
        UUID mine = UUID.fromString(second.added(name).string("id"));

        assertThatThrownBy(() -> scope.run(
                        second.organization().id(),
                        second.organization().caller(doorkeeper, Role.OWNER),
                        () -> server.sql(VERIFY).param(mine).update()))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageContaining("organization_domain_verified")
                .message()
                .doesNotContain(ground.organization().id().toString(), theirs.string("id"));
    }

    @Test
    void beyondAHundredNoneIsAddedByHandEither() {
        for (int number = 0; number < 100; number++) {
            run(as(Role.OWNER), ADD, organization(), unused(), "pending", "pending");
        }

        assertThat(run(as(Role.OWNER), ADD, organization(), unused(), "pending", "pending"))
                .isZero();
    }

    private Object organization() {
        return ground.organization().id().value();
    }

    private Caller as(Role role) {
        return ground.organization().caller(doorkeeper, role);
    }

    private int run(Caller caller, String sql, Object... parameters) throws DataAccessException {
        return scope.within(
                ground.organization().id(),
                caller,
                () -> server.sql(sql).params(parameters).update());
    }
}
