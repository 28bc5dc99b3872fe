package dev.nuxari.server.testing;

import static java.util.Objects.requireNonNull;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.KeycloakAdmin.NewUser;
import dev.nuxari.platform.RealmTemplate;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.Origin;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A fresh organization isolates a test as it isolates a customer; nothing has to be cleaned up. It has one member per
 * role, made as the platform makes them: by the provisioning functions.
 */
public final class TestOrganization {
    private final OrganizationId id;
    private final String slug;
    private final JdbcClient provisioner;
    private final Map<Role, TestMember> members = new EnumMap<>(Role.class);

    private TestOrganization(OrganizationId id, String slug, JdbcClient provisioner) {
        this.id = id;
        this.slug = slug;
        this.provisioner = provisioner;
    }

    /** Makes one. Not in a field initializer: a test class may be instantiated once for all its tests. */
    public static TestOrganization fresh() {
        return freshIn(TestDatabase.as("nuxari_provisioner"));
    }

    /** The same, where the real broker knows the organization and its members too: the server can administer them there. */
    public static TestOrganization atBroker() {
        String slug = "t-" + UUID.randomUUID().toString().substring(0, 8);
        String id = broker().ensureOrganization(RealmTemplate.REALM, slug, slug, slug + ".example");
        var organization = new TestOrganization(
                OrganizationId.parse(id), slug, JdbcClient.create(TestDatabase.as("nuxari_provisioner")));
        return organization.provisioned(email -> {
            String subject = broker().ensureUser(
                            RealmTemplate.REALM, new NewUser(email, "Test", "Member", "correct-horse-battery"));
            broker().ensureMember(RealmTemplate.REALM, id, subject);
            return subject;
        });
    }

    private static KeycloakAdmin broker() {
        return SharedKeycloak.instance().admin();
    }

    /** The same in a database that a test has for itself, seen as the provisioner sees it. */
    public static TestOrganization freshIn(DataSource provisioner) {
        UUID id = UUID.randomUUID();
        var organization = new TestOrganization(
                new OrganizationId(id), "t-" + id.toString().substring(0, 8), JdbcClient.create(provisioner));
        return organization.provisioned(_ -> UUID.randomUUID().toString());
    }

    private TestOrganization provisioned(UnaryOperator<String> subjectOf) {
        provisioner
                .sql("SELECT provision_organization(?, ?, ?)")
                .params(id.value(), slug, "Test " + slug)
                .query((_, _) -> id)
                .single();
        for (Role role : Role.values()) {
            String email = Spelling.of(role) + "@" + slug + ".example";
            members.put(role, enrol(subjectOf.apply(email), email, Spelling.of(role), role));
        }
        return this;
    }

    public OrganizationId id() {
        return id;
    }

    public String slug() {
        return slug;
    }

    /** The one member who has this role from the start. */
    public TestMember member(Role role) {
        return requireNonNull(members.get(role));
    }

    /** One member more. */
    public TestMember enrol(String name, Role role) {
        return enrol(UUID.randomUUID().toString(), name + "@" + slug + ".example", name, role);
    }

    private TestMember enrol(String subject, String email, String name, Role role) {
        UUID member = provisioner
                .sql("SELECT provision_member(?, ?, ?, ?, ?)")
                .params(id.value(), subject, email, name, Spelling.of(role))
                .query((row, _) -> requireNonNull(row.getObject(1, UUID.class)))
                .single();
        return new TestMember(id, new MemberId(member), subject, email, role);
    }

    /** The person that is also a member of another organization, as {@code other} of this one. */
    public TestMember enrol(TestMember other, Role role) {
        return enrol(other.subject(), other.email(), other.email(), role);
    }

    /** The member with this role, admitted as the authentication layer would. */
    public Caller caller(Doorkeeper doorkeeper, Role role) {
        return caller(doorkeeper, member(role));
    }

    public Caller caller(Doorkeeper doorkeeper, TestMember member) {
        return doorkeeper
                .admitMember(id, member.subject(), new Origin("127.0.0.1", "pwd"), 0)
                .orElseThrow()
                .caller();
    }
}
