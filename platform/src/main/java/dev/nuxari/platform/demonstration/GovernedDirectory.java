package dev.nuxari.platform.demonstration;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.Directory;
import dev.nuxari.platform.PlatformFailure;
import dev.nuxari.platform.Postgres;
import dev.nuxari.platform.demonstration.Content.Assignment;
import java.nio.file.Path;
import java.util.Set;

/** A tree of the directory whose groups are governed. */
final class GovernedDirectory {
    private final Content content;
    private final String slug;
    private final String baseDn;

    GovernedDirectory(Content content) {
        this.content = content;
        this.slug = content.population().slug();
        this.baseDn = "dc=" + slug + ",dc=example";
    }

    /** The tree, on that port. */
    Directory.Tree tree(int port) {
        return new Directory.Tree(slug, baseDn, port);
    }

    /** Writes the first content unless there is some. */
    void seed(Path directory) {
        Directory.seed(directory, slug, this::ldif);
    }

    /** How a connector reaches it. */
    Json.Obj connection(Directory.Access access) {
        return Json.object(
                "kind",
                "ldap",
                "name",
                "Infrastructure directory",
                "settings",
                Json.object(
                        "host",
                        Postgres.HOST,
                        "port",
                        access.port(),
                        "tls",
                        "none",
                        "peopleBase",
                        access.people(),
                        "groupsBase",
                        access.groups(),
                        "disabledAttribute",
                        Directory.LOCK_ATTRIBUTE,
                        "disabledValue",
                        "true",
                        "placeholderMember",
                        "cn=nobody"),
                "credentials",
                Json.object(
                        "observe",
                        credential(Directory.OBSERVER, access.observerPassword()),
                        "execute",
                        credential(Directory.OPERATOR, access.operatorPassword())));
    }

    private Json.Obj credential(String name, String password) {
        return Json.object("bindDn", name + "," + baseDn, "password", password);
    }

    private String ldif() {
        StringBuilder text = new StringBuilder(256 * 1024);
        entry(text, baseDn, "objectClass: domain", "dc: " + slug);
        entry(text, "ou=people," + baseDn, "objectClass: organizationalUnit", "ou: people");
        entry(text, "ou=groups," + baseDn, "objectClass: organizationalUnit", "ou: groups");
        for (Person person : content.population().people()) {
            entry(
                    text,
                    name(person),
                    "objectClass: inetOrgPerson",
                    "uid: " + person.id(),
                    "cn: " + person.name(),
                    "givenName: " + person.firstName(),
                    "sn: " + person.lastName(),
                    "displayName: " + person.name(),
                    "mail: " + person.email(),
                    "departmentNumber: " + person.department());
        }
        content.holders().forEach((entitlement, people) -> {
            text.append("dn: ").append(name(entitlement)).append('\n');
            text.append("objectClass: groupOfNames\ncn: ").append(entitlement.name());
            text.append("\ndescription: ").append(entitlement.description()).append('\n');
            people.forEach(
                    person -> text.append("member: ").append(name(person)).append('\n'));
            text.append('\n');
        });
        return text.toString();
    }

    private static void entry(StringBuilder text, String name, String... lines) {
        text.append("dn: ").append(name).append('\n');
        for (String line : lines) {
            text.append(line).append('\n');
        }
        text.append('\n');
    }

    private String name(Person person) {
        return "uid=" + person.id() + ",ou=people," + baseDn;
    }

    private String name(Entitlement entitlement) {
        return "cn=" + entitlement.name() + ",ou=groups," + baseDn;
    }

    /** Makes the drift happen, as the operator; what has happened already stays. */
    void drift(int port, String password) {
        try (LDAPConnection connection =
                new LDAPConnection(Postgres.HOST, port, Directory.OPERATOR + "," + baseDn, password)) {
            for (Assignment granted : content.drift().granted()) {
                modify(connection, granted, ModificationType.ADD);
            }
            for (Assignment removed : content.drift().removed()) {
                modify(connection, removed, ModificationType.DELETE);
            }
        } catch (LDAPException e) {
            throw new PlatformFailure("The governed directory refuses the drift: " + e.getMessage(), e);
        }
    }

    private void modify(LDAPConnection connection, Assignment assignment, ModificationType type) throws LDAPException {
        try {
            connection.modify(
                    name(assignment.entitlement()), new Modification(type, "member", name(assignment.person())));
        } catch (LDAPException e) {
            Set<ResultCode> alreadySo = Set.of(ResultCode.ATTRIBUTE_OR_VALUE_EXISTS, ResultCode.NO_SUCH_ATTRIBUTE);
            if (!alreadySo.contains(e.getResultCode())) {
                throw e;
            }
        }
    }
}
