package dev.nuxari.server.agents;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Role;
import dev.nuxari.server.agents.AgentGround.Host;
import dev.nuxari.server.tenancy.AgentAdmission;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.tenancy.Origin;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestOrganization;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two agents, and statements by hand: as the server's role, in a scope that a door opened. */
abstract class AgentStatements {
    static final String RECEIPT = """
            INSERT INTO agent_receipt (organization_id, agent_id, number, receipt_hash, envelope, package_hash, outcome, at, received_at)
            VALUES (:organization, :host, 7, repeat('a', 64), '{}', repeat('a', 64), 'rejected', now(), now())
            """;
    static final String OBSERVATION = """
            INSERT INTO agent_observation (organization_id, agent_id, source, number, envelope, envelope_hash, at, received_at)
            VALUES (:organization, :host, 'x', 7, '{}', repeat('a', 64), now(), now())
            """;
    static final String COSIGNATURE = """
            INSERT INTO agent_cosignature (organization_id, agent_id, size, signature, at)
            VALUES (:organization, :host, 7, 'x', now())
            """;

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
    AgentGround ground;

    @SuppressWarnings("NullAway.Init")
    Host host;

    @SuppressWarnings("NullAway.Init")
    Host colleague;

    @BeforeEach
    void givenTwoAgents() {
        ground = new AgentGround(http, clock, TestOrganization.fresh());
        host = ground.enrolled();
        colleague = ground.enrolled();
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    Caller member(Role role) {
        return ground.organization().caller(doorkeeper, role);
    }

    UUID memberId(Role role) {
        return ground.organization().member(role).id().value();
    }

    Caller system(String name) {
        return doorkeeper.admitSystem(ground.organization().id(), name);
    }

    Caller agent(Host one) {
        String hash = AgentToken.parse(one.token()).orElseThrow().hash();
        var admitted = doorkeeper.admitAgent(ground.organization().id(), hash, Origin.SERVER);
        return ((AgentAdmission.Admitted) admitted).caller();
    }

    /** Names begin with a colon, as in the stores. */
    int run(Caller caller, String sql) {
        return scope.within(ground.organization().id(), caller, () -> statement(server, sql));
    }

    int statement(JdbcClient jdbc, String sql) {
        return jdbc.sql(sql).params(parameters()).update();
    }

    Map<String, Object> parameters() {
        return Map.of(
                "organization", ground.organization().id().value(),
                "host", host.id(),
                "colleague", colleague.id(),
                "owner", memberId(Role.OWNER),
                "approver", memberId(Role.APPROVER));
    }

    void refused(String why, Caller caller, String... statements) {
        for (String sql : statements) {
            assertThatThrownBy(() -> run(caller, sql))
                    .as("%s: %s", caller.id(), sql)
                    .rootCause()
                    .hasMessageContaining(why);
        }
    }

    static void beyondTheTriggers(List<String> statements) {
        try (Connection connection = TestDatabase.as("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            try {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            } finally {
                statement.execute("SET session_replication_role = DEFAULT");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
