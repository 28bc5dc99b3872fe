package dev.nuxari.server.connectors.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.Directory;
import dev.nuxari.platform.Lifetime;
import dev.nuxari.server.connectors.Connector;
import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.GovernedSystem;
import dev.nuxari.server.connectors.Settings;
import dev.nuxari.server.vault.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The platform's directory as its own process, with an observer and an operator. */
final class GovernedDirectory implements GovernedSystem {
    private static final GovernedDirectory INSTANCE = new GovernedDirectory();
    private static final String TREE = "t";
    private static final String BASE = "dc=t,dc=example";
    private static final String HOST = "127.0.0.1";
    private static final String PASSWORD = "a-password-of-the-tests";

    private final Connector connector = new LdapConnector();
    private final Directory.Access access;

    private GovernedDirectory() {
        try {
            Path folder = Files.createTempDirectory("nuxari-governed-directory");
            Directory.seed(folder, TREE, """
                    dn: %1$s
                    objectClass: domain
                    dc: t

                    dn: ou=people,%1$s
                    objectClass: organizationalUnit
                    ou: people

                    dn: ou=groups,%1$s
                    objectClass: organizationalUnit
                    ou: groups
                    """.formatted(BASE));
            Directory directory = Directory.start(folder, List.of(new Directory.Tree(TREE, BASE, 0)), Lifetime.OURS);
            Runtime.getRuntime().addShutdownHook(new Thread(directory::close, "stop-governed-directory"));
            access = directory.tree(TREE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GovernedDirectory instance() {
        return INSTANCE;
    }

    String peopleBase() {
        return access.people();
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public Settings settings() {
        return new Settings(Json.object(
                "host", HOST, "port", access.port(), "peopleBase", access.people(), "groupsBase", access.groups()));
    }

    @Override
    public Settings settingsOfASystemThatIsDown() {
        return new Settings(settings().json().with("port", 1));
    }

    @Override
    public Secret observe() {
        return secret(Directory.OBSERVER, access.observerPassword());
    }

    @Override
    public Secret execute() {
        return secret(Directory.OPERATOR, access.operatorPassword());
    }

    @Override
    public Secret wrong() {
        return secret(Directory.OBSERVER, "not-the-password");
    }

    @Override
    public String account(String name) {
        DN person = child("uid", name, access.people());
        add(new Entry(
                person,
                new Attribute("objectClass", "inetOrgPerson"),
                new Attribute("uid", name),
                new Attribute("cn", name),
                new Attribute("sn", name),
                new Attribute("mail", "someone@acme.example"),
                new Attribute("userPassword", PASSWORD)));
        return person.toNormalizedString();
    }

    @Override
    public EntitlementRef entitlement(String name) {
        DN group = child("cn", name, access.groups());
        add(new Entry(
                group,
                new Attribute("objectClass", "groupOfNames"),
                new Attribute("cn", name),
                new Attribute("member", "cn=nobody")));
        return new EntitlementRef("group", group.toNormalizedString());
    }

    @Override
    public String unknownAccount() {
        return "uid=nobody-at-all," + access.people();
    }

    @Override
    public EntitlementRef unknownEntitlement() {
        return new EntitlementRef("group", "cn=nothing-at-all," + access.groups());
    }

    @Override
    public boolean holds(String account, EntitlementRef entitlement) {
        try (LDAPConnection operator = operator()) {
            return operator.compare(entitlement.nativeId(), "member", account).compareMatched();
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.NO_SUCH_ATTRIBUTE)) {
                return false;
            }
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean letsIn(String account) {
        try (LDAPConnection connection = new LDAPConnection(HOST, access.port(), account, PASSWORD)) {
            return connection.isConnected();
        } catch (LDAPException e) {
            return false;
        }
    }

    private void add(Entry entry) {
        try (LDAPConnection operator = operator()) {
            operator.add(entry);
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    private LDAPConnection operator() throws LDAPException {
        return new LDAPConnection(HOST, access.port(), Directory.OPERATOR + "," + BASE, access.operatorPassword());
    }

    private static DN child(String attribute, String name, String base) {
        try {
            return new DN(new RDN(attribute, name), new DN(base));
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Secret secret(String name, String password) {
        return Secret.of(Map.of("bindDn", name + "," + BASE, "password", password));
    }
}
