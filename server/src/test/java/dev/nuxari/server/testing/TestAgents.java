package dev.nuxari.server.testing;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Agents of which a test needs no more than that a host has enrolled. */
public final class TestAgents {
    private TestAgents() {}

    /** Makes one active, with a key that nobody has. */
    public static String enrolled(String agent) {
        return enrolled(TestDatabase.beyondTheWalls(), agent);
    }

    /** The same in a database that a test has for itself. */
    public static String enrolled(JdbcClient beyondTheWalls, String agent) {
        beyondTheWalls.sql("""
                UPDATE agent
                SET state = 'active', public_key = sha256(uuid_send(agent_id)), host_name = 'host.example', agent_version = '1',
                    key_thumbprint = substr(repeat(replace(CAST(agent_id AS text), '-', ''), 2), 1, 43),
                    capabilities = '{}', enrolled_at = now()
                WHERE agent_id = ?
                """).param(UUID.fromString(agent)).update();
        return agent;
    }
}
