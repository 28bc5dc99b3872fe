package dev.nuxari.server.testing;

import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.platform.testing.SharedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Makes what Keycloak makes in its own flows only: members whose account goes with the membership. */
public final class ManagedMembers {
    private ManagedMembers() {}

    /** In all organizations of the account. */
    public static void make(String subject) {
        SharedPostgres postgres = SharedPostgres.instance();
        try (Connection connection = DriverManager.getConnection(
                        postgres.jdbcUrl("keycloak"), "postgres", postgres.superuserPassword());
                PreparedStatement statement = connection.prepareStatement(
                        "UPDATE user_group_membership SET membership_type = 'MANAGED' WHERE user_id = ?")) {
            statement.setString(1, subject);
            if (statement.executeUpdate() == 0) {
                throw new IllegalStateException("is in no organization");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        // It was written behind Keycloak's back.
        for (String cache : List.of("/clear-user-cache", "/clear-realm-cache")) {
            SharedKeycloak.instance().admin().exchange("POST", "/admin/realms/nuxari" + cache, "");
        }
    }
}
