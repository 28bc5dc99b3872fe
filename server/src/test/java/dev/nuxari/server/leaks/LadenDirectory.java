package dev.nuxari.server.leaks;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import dev.nuxari.kernel.Json;
import dev.nuxari.server.testing.TestMember;
import java.util.List;

/** A directory in this process. */
final class LadenDirectory implements LadenSystem {
    private static final String BASE = "dc=example,dc=org";
    private static final String PEOPLE = "ou=people," + BASE;
    private static final String GROUPS = "ou=groups," + BASE;
    private static final String OPERATOR = "cn=operator";
    private static final String REFUSED = "cn=refused";
    private static final String BLIND = "cn=blind";

    private final Canaries canaries;
    private final InMemoryDirectoryServer server;
    private final String password;

    LadenDirectory(Canaries canaries, String password, TestMember requester) {
        this.canaries = canaries;
        this.password = password;
        try {
            var config = new InMemoryDirectoryServerConfig(BASE);
            config.addAdditionalBindCredentials(OPERATOR, password);
            config.addAdditionalBindCredentials(BLIND, password);
            config.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig("ldap"));
            config.setSchema(null);
            config.addInMemoryOperationInterceptor(new Talkative());
            server = new InMemoryDirectoryServer(config);
            server.add("dn: " + BASE, "objectClass: domain", "dc: example");
            server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
            server.add("dn: " + GROUPS, "objectClass: organizationalUnit", "ou: groups");
            person(requester);
            laden();
            server.startListening();
        } catch (LDAPException | com.unboundid.ldif.LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    private void person(TestMember member) throws LDAPException {
        add(PEOPLE, "uid", "requester", "objectClass", "inetOrgPerson", "cn", "requester", "mail", member.email());
        for (String group : List.of("readers", "writers", "guests", "locked")) {
            add(GROUPS, "cn", group, "objectClass", "groupOfNames", "member", "cn=nobody");
        }
    }

    private void laden() throws LDAPException {
        for (Kind kind : Kind.values()) {
            add(PEOPLE, "uid", "cn-" + kind, "objectClass", "inetOrgPerson", "cn", text("name of an account", kind));
            add(
                    PEOPLE,
                    "uid",
                    "mail-" + kind,
                    "objectClass",
                    "inetOrgPerson",
                    "displayName",
                    text("display name of an account", kind),
                    "mail",
                    text("address of an account", kind));
            add(
                    GROUPS,
                    "cn",
                    "described-" + kind,
                    "objectClass",
                    "groupOfNames",
                    "description",
                    text("description of an entitlement", kind),
                    "member",
                    "cn=nobody");
        }
        for (Kind kind : Kind.ONE_LINE) {
            add(
                    GROUPS,
                    "cn",
                    text("name of an entitlement", kind),
                    "objectClass",
                    "groupOfNames",
                    "member",
                    "cn=nobody");
            add(PEOPLE, "uid", text("native id of an account", kind), "objectClass", "inetOrgPerson");
        }
    }

    private String text(String place, Kind kind) {
        return canaries.text(place, kind);
    }

    /** What follows the first two are names and values of attributes. */
    private void add(String base, String naming, String name, String... attributes) throws LDAPException {
        Entry entry = new Entry(new DN(new RDN(naming, name), new DN(base)));
        entry.addAttribute(naming, name);
        for (int i = 0; i < attributes.length; i += 2) {
            entry.addAttribute(new Attribute(attributes[i], attributes[i + 1]));
        }
        server.add(entry);
    }

    @Override
    public Json.Obj registration(String name) {
        return registration(name, OPERATOR);
    }

    @Override
    public Json.Obj refusedRegistration(String name) {
        return registration(name, REFUSED);
    }

    @Override
    public Json.Obj blindRegistration(String name) {
        return registration(name, BLIND);
    }

    private Json.Obj registration(String name, String bindDn) {
        Json.Obj credential = Json.object("bindDn", bindDn, "password", password);
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
                        PEOPLE,
                        "groupsBase",
                        GROUPS),
                "credentials",
                Json.object("observe", credential, "execute", credential));
    }

    @Override
    public void close() {
        server.shutDown(true);
    }

    /** Says in its errors what it should not. */
    private final class Talkative extends InMemoryOperationInterceptor {
        private String bound = "";

        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) throws LDAPException {
            bound = request.getRequest().getBindDN();
            if (bound.equals(REFUSED)) {
                throw new LDAPException(
                        ResultCode.INVALID_CREDENTIALS, canaries.all("error of a bind") + " is not the password");
            }
        }

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
            if (bound.equals(BLIND)) {
                throw new LDAPException(ResultCode.OTHER, canaries.all("error of a search"));
            }
        }

        @Override
        public void processModifyRequest(InMemoryInterceptedModifyRequest request) throws LDAPException {
            if (request.getRequest().getDN().startsWith("cn=locked")) {
                throw new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, canaries.all("error of a change"));
            }
        }
    }
}
