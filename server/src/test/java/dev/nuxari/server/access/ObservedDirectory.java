package dev.nuxari.server.access;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import dev.nuxari.kernel.Json;

/** A small LDAP directory on a free port, with two people and one group. */
final class ObservedDirectory implements AutoCloseable {
    private static final String PASSWORD = "a-password-of-the-tests";

    private final InMemoryDirectoryServer server;

    ObservedDirectory() {
        try {
            var config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
            config.addAdditionalBindCredentials("cn=observer", PASSWORD);
            config.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig("ldap"));
            config.setSchema(null);
            server = new InMemoryDirectoryServer(config);
            server.add("dn: dc=example,dc=org", "objectClass: domain", "dc: example");
            server.add("dn: ou=people,dc=example,dc=org", "objectClass: organizationalUnit", "ou: people");
            server.add("dn: ou=groups,dc=example,dc=org", "objectClass: organizationalUnit", "ou: groups");
            person("ann");
            person("bob");
            group("wiki", "ann");
            server.startListening();
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What registering it as a connector takes. */
    Json.Obj registration() {
        return Json.object(
                "kind",
                "ldap",
                "name",
                "Directory",
                "settings",
                Json.object(
                        "host",
                        "localhost",
                        "port",
                        server.getListenPort(),
                        "peopleBase",
                        "ou=people,dc=example,dc=org",
                        "groupsBase",
                        "ou=groups,dc=example,dc=org"),
                "credentials",
                Json.object("observe", Json.object("bindDn", "cn=observer", "password", PASSWORD)));
    }

    private void person(String name) throws LDAPException, LDIFException {
        server.add(
                "dn: uid=" + name + ",ou=people,dc=example,dc=org",
                "objectClass: inetOrgPerson",
                "uid: " + name,
                "cn: " + name,
                "sn: " + name,
                "mail: " + name + "@example.org");
    }

    private void group(String name, String member) throws LDAPException, LDIFException {
        server.add(
                "dn: cn=" + name + ",ou=groups,dc=example,dc=org",
                "objectClass: groupOfNames",
                "cn: " + name,
                "member: uid=" + member + ",ou=people,dc=example,dc=org");
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
