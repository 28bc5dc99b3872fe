package dev.nuxari.e2e;

import dev.nuxari.cli.demo.Ground;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.KeycloakAdmin.NewUser;
import dev.nuxari.platform.RealmTemplate;
import dev.nuxari.platform.ScriptedLogin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/**
 * An organization that a test has for itself, so that it may shut its people out: made at the broker and here as the platform
 * makes them, with local accounts.
 */
record OwnOrganization(Composed stack, String id, String slug) {
    private static final String PASSWORD = "correct-horse-battery";

    static OwnOrganization make(Composed stack) {
        String slug = "e2e-" + UUID.randomUUID().toString().substring(0, 8);
        String id = stack.keycloakAdmin().ensureOrganization(RealmTemplate.REALM, slug, slug, slug + ".example");
        provision("SELECT provision_organization(?::uuid, ?, ?)", id, slug, "Organization " + slug);
        return new OwnOrganization(stack, id, slug);
    }

    /** Somebody with that role, who signs in with a password. */
    Ground.Account enrol(String role) {
        KeycloakAdmin admin = stack.keycloakAdmin();
        String email = role + "@" + slug + ".example";
        String subject = admin.ensureUser(RealmTemplate.REALM, new NewUser(email, "Mara", "Member", PASSWORD));
        admin.ensureMember(RealmTemplate.REALM, id, subject);
        provision("SELECT provision_member(?::uuid, ?, ?, 'Mara Member', ?)", id, subject, email, role);
        return new Ground.Account(role, email, PASSWORD);
    }

    /** What that person sends, with a token of the broker. */
    Wire wire(Ground.Account account) {
        String token = new ScriptedLogin(stack.ground().issuer())
                .signIn(account.email(), account.password())
                .accessToken();
        return new Wire(stack.ground().url(), id, token);
    }

    private static void provision(String call, String... words) {
        try (Connection connection = Superuser.connect();
                PreparedStatement statement = connection.prepareStatement(call)) {
            for (int word = 0; word < words.length; word++) {
                statement.setString(word + 1, words[word]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
