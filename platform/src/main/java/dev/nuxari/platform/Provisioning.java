package dev.nuxari.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** Enrols organizations and members by the two database functions that exist for it. Everything may be said again. */
public final class Provisioning implements AutoCloseable {
    private final Connection connection;

    private Provisioning(Connection connection) {
        this.connection = connection;
    }

    /** Connects as the role that may do nothing else. The server's migrations must have run. */
    public static Provisioning open(Postgres postgres, DatabaseRoles roles) {
        try {
            return new Provisioning(DriverManager.getConnection(
                    postgres.jdbcUrl(DatabaseRoles.DATABASE),
                    DatabaseRoles.PROVISIONER,
                    roles.password(DatabaseRoles.PROVISIONER)));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** A person, as the broker knows them, in an organization. */
    public record NewMember(String subject, String email, String displayName, String role) {}

    /** The id is the one of the broker's organization. */
    public void organization(UUID id, String slug, String name) {
        try (PreparedStatement call = connection.prepareStatement("SELECT provision_organization(?, ?, ?)")) {
            call.setObject(1, id);
            call.setString(2, slug);
            call.setString(3, name);
            call.execute();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** An existing member keeps role and state. */
    public void member(UUID organization, NewMember member) {
        try (PreparedStatement call = connection.prepareStatement("SELECT provision_member(?, ?, ?, ?, ?)")) {
            call.setObject(1, organization);
            call.setString(2, member.subject());
            call.setString(3, member.email());
            call.setString(4, member.displayName());
            call.setString(5, member.role());
            call.execute();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static PlatformFailure failure(SQLException e) {
        return PlatformFailure.of("enrol organizations and members", e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }
}
