package dev.nuxari.platform;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {
    private static final String ANN = "uid=ann,ou=people,dc=acme,dc=example";
    private static final String BEN = "uid=ben,ou=people,dc=acme,dc=example";
    private static final String VPN = "cn=vpn-users,ou=groups,dc=acme,dc=example";
    private static final String LDIF = """
            dn: dc=acme,dc=example
            objectClass: domain
            dc: acme

            dn: ou=people,dc=acme,dc=example
            objectClass: organizationalUnit
            ou: people

            dn: ou=groups,dc=acme,dc=example
            objectClass: organizationalUnit
            ou: groups

            dn: uid=ann,ou=people,dc=acme,dc=example
            objectClass: inetOrgPerson
            uid: ann
            cn: Ann Example
            sn: Example
            mail: ann@acme.example
            userPassword: ann-has-a-password

            dn: uid=ben,ou=people,dc=acme,dc=example
            objectClass: inetOrgPerson
            uid: ben
            cn: Ben Example
            sn: Example

            dn: cn=vpn-users,ou=groups,dc=acme,dc=example
            objectClass: groupOfNames
            cn: vpn-users
            member: uid=ann,ou=people,dc=acme,dc=example
            """;

    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Directory server;

    @BeforeEach
    void start() {
        server = start(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatWasAnsweredWithSuccessSurvivesKill() throws LDAPException {
        try (LDAPConnection operator = connect(Directory.OPERATOR)) {
            operator.modify(VPN, new Modification(ModificationType.ADD, "member", BEN));
            operator.modify(ANN, new Modification(ModificationType.REPLACE, Directory.LOCK_ATTRIBUTE, "true"));
        }

        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
        server = start(directory);

        try (LDAPConnection observer = connect(Directory.OBSERVER)) {
            assertThat(entry(observer, VPN).getAttributeValues("member")).containsExactlyInAnyOrder(ANN, BEN);
            assertThat(entry(observer, ANN, Directory.LOCK_ATTRIBUTE).getAttributeValue(Directory.LOCK_ATTRIBUTE))
                    .isEqualTo("true");
        }
    }

    @Test
    void lockedAccountCannotBind() throws LDAPException {
        int port = server.tree("acme").port();
        new LDAPConnection("127.0.0.1", port, ANN, "ann-has-a-password").close();

        try (LDAPConnection operator = connect(Directory.OPERATOR)) {
            operator.modify(ANN, new Modification(ModificationType.REPLACE, Directory.LOCK_ATTRIBUTE, "true"));
        }

        assertThatThrownBy(() -> new LDAPConnection("127.0.0.1", port, ANN, "ann-has-a-password"))
                .isInstanceOf(LDAPException.class);
    }

    @Test
    void observerReadsAndDoesNotWrite() throws LDAPException {
        try (LDAPConnection observer = connect(Directory.OBSERVER)) {
            assertThat(entry(observer, VPN).getAttributeValue("member")).isEqualTo(ANN);
            assertThatThrownBy(() -> observer.modify(VPN, new Modification(ModificationType.ADD, "member", BEN)))
                    .isInstanceOfSatisfying(
                            LDAPException.class,
                            refusal -> assertThat(refusal.getResultCode())
                                    .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS));
        }
    }

    @Test
    void strangerSeesNothing() throws LDAPException {
        try (LDAPConnection anonymous =
                new LDAPConnection("127.0.0.1", server.tree("acme").port())) {
            assertThatThrownBy(() -> anonymous.search("dc=acme,dc=example", SearchScope.SUB, "(uid=*)"))
                    .isInstanceOf(LDAPException.class);
        }
    }

    @Test
    void schemaIsChecked() throws LDAPException {
        try (LDAPConnection operator = connect(Directory.OPERATOR)) {
            assertThatThrownBy(() -> operator.modify(VPN, new Modification(ModificationType.ADD, "shoeSize", "44")))
                    .isInstanceOfSatisfying(
                            LDAPException.class,
                            refusal ->
                                    assertThat(refusal.getResultCode()).isEqualTo(ResultCode.OBJECT_CLASS_VIOLATION));
        }
    }

    private static SearchResultEntry entry(LDAPConnection connection, String name, String... attributes)
            throws LDAPException {
        return requireNonNull(connection.getEntry(name, attributes));
    }

    private static Directory start(Path folder) {
        Directory.seed(folder, "acme", LDIF);
        return Directory.start(folder, List.of(new Directory.Tree("acme", "dc=acme,dc=example", 0)), Lifetime.OURS);
    }

    private LDAPConnection connect(String who) throws LDAPException {
        Directory.Access tree = server.tree("acme");
        String password = who.equals(Directory.OPERATOR) ? tree.operatorPassword() : tree.observerPassword();
        return new LDAPConnection("127.0.0.1", tree.port(), who + "," + tree.baseDn(), password);
    }
}
