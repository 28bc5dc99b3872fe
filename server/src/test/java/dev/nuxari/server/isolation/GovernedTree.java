package dev.nuxari.server.isolation;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import dev.nuxari.kernel.Json;
import dev.nuxari.server.testing.TestMember;
import java.util.List;

/** One organization's directory on a free port. What is in it has the organization's name, so that it tells whose it is. */
final class GovernedTree implements AutoCloseable {
    private static final String PASSWORD = "a-password-of-the-tests";
    private static final String BASE = "dc=example,dc=org";

    private final InMemoryDirectoryServer server;

    GovernedTree(String slug, List<TestMember> people) {
        try {
            var config = new InMemoryDirectoryServerConfig(BASE);
            config.addAdditionalBindCredentials("cn=operator", PASSWORD);
            config.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig("ldap"));
            config.setSchema(null);
            server = new InMemoryDirectoryServer(config);
            server.add("dn: " + BASE, "objectClass: domain", "dc: example");
            server.add("dn: ou=people," + BASE, "objectClass: organizationalUnit", "ou: people");
            server.add("dn: ou=groups," + BASE, "objectClass: organizationalUnit", "ou: groups");
            for (TestMember person : people) {
                person(slug, person);
            }
            for (String group : List.of("writers", "readers", "guests")) {
                group(slug, group, people.getFirst());
            }
            server.startListening();
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What registering it as a connector takes. */
    String registration(String name) {
        Json.Obj credential = Json.object("bindDn", "cn=operator", "password", PASSWORD);
        return Json.object(
                        "kind",
                        "ldap",
                        "name",
                        name,
                        "settings",
                        Json.object(
                                "host",
                                "localhost",
                                "port",
                                server.getListenPort(),
                                "peopleBase",
                                "ou=people," + BASE,
                                "groupsBase",
                                "ou=groups," + BASE),
                        "credentials",
                        Json.object("observe", credential, "execute", credential))
                .canonical();
    }

    private void person(String slug, TestMember member) throws LDAPException, LDIFException {
        String uid = uid(slug, member);
        server.add(
                "dn: " + dn(slug, member),
                "objectClass: inetOrgPerson",
                "uid: " + uid,
                "cn: " + uid,
                "sn: " + uid,
                "mail: " + member.email());
    }

    private void group(String slug, String name, TestMember member) throws LDAPException, LDIFException {
        server.add(
                "dn: cn=" + name + "-" + slug + ",ou=groups," + BASE,
                "objectClass: groupOfNames",
                "cn: " + name + "-" + slug,
                "description: What " + slug + " has for its " + name,
                "member: " + dn(slug, member));
    }

    private static String dn(String slug, TestMember member) {
        return "uid=" + uid(slug, member) + ",ou=people," + BASE;
    }

    private static String uid(String slug, TestMember member) {
        return member.email().replaceFirst("@.*", "") + "-" + slug;
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
