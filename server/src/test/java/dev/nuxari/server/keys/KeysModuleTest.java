package dev.nuxari.server.keys;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestOrganization;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

@ServerTest
class KeysModuleTest {
    private static final byte[] SECRET = "correct horse battery staple".getBytes(UTF_8);

    @Autowired
    Envelope envelope;

    @Autowired
    OrganizationKeys keys;

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    AutowireCapableBeanFactory beans;

    private Caller acme;
    private Caller globex;

    @BeforeEach
    void admitPeopleOfTwoOrganizations() {
        acme = TestOrganization.fresh().caller(doorkeeper, Role.ADMIN);
        globex = TestOrganization.fresh().caller(doorkeeper, Role.ADMIN);
    }

    @Test
    void sealedBytesOpenInTheirOrganizationAndContext() {
        byte[] sealed = seal(acme, "here");

        assertThat(open(acme, sealed, "here")).isEqualTo(SECRET);
    }

    @Test
    @Claim("E1")
    void anotherOrganizationOpensNothing() {
        byte[] sealed = seal(acme, "here");
        seal(globex, "here");

        assertThatThrownBy(() -> open(globex, sealed, "here")).isInstanceOf(SealBroken.class);
    }

    @Test
    void sealedBytesCannotBeMovedToAnotherContext() {
        byte[] sealed = seal(acme, "here");

        assertThatThrownBy(() -> open(acme, sealed, "there")).isInstanceOf(SealBroken.class);
    }

    @Test
    void everyChangedByteIsNoticed() {
        byte[] sealed = seal(acme, "here");

        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> open(acme, changed, "here")).isInstanceOf(SealBroken.class);
        }
    }

    @Test
    @Claim("E1")
    void storedDataKeyIsWrappedAndCannotBeCarriedToAnotherOrganization() {
        byte[] sealed = seal(acme, "here");
        beyondTheWalls()
                .sql("""
                        INSERT INTO organization_key
                        SELECT ?, version, wrapped_key, master_key_id, created_at
                        FROM organization_key
                        WHERE organization_id = ?
                        """)
                .params(globex.organization().value(), acme.organization().value())
                .update();

        assertThatThrownBy(() -> open(globex, sealed, "here")).isInstanceOf(SealBroken.class);
    }

    @Test
    void sealingOutsideAnyScopeIsRefused() {
        assertThatThrownBy(() -> envelope.seal(SECRET, "here")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keyOfAFailedTransactionIsForgotten() {
        assertThatThrownBy(() -> scope.run(acme.organization(), acme, () -> {
                    envelope.seal(SECRET, "here");
                    throw new IllegalArgumentException("on purpose");
                }))
                .hasMessage("on purpose");

        byte[] sealed = seal(acme, "here");

        assertThat(open(acme, sealed, "here")).isEqualTo(SECRET);
        assertThat(rows("organization_key", acme)).isOne();
    }

    @RepeatedTest(5)
    void firstUseByManyAtOnceMakesOneKey() throws Exception {
        var start = new CyclicBarrier(8);
        Callable<byte[]> firstUse = () -> {
            start.await();
            return scope.within(acme.organization(), acme, () -> {
                byte[] sealed = envelope.seal(SECRET, "here");
                keys.key(acme.organization(), acme, KeyName.LOG);
                return sealed;
            });
        };

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> sealed =
                    Stream.generate(() -> threads.submit(firstUse)).limit(8).toList();
            for (Future<byte[]> one : sealed) {
                assertThat(open(acme, one.get(), "here")).isEqualTo(SECRET);
            }
        }

        assertThat(rows("organization_key", acme)).isOne();
        assertThat(rows("signing_key", acme)).isOne();
    }

    @ParameterizedTest
    @EnumSource(KeyName.class)
    void signatureVerifiesUnderThePublishedKey(KeyName name) throws Exception {
        SigningKey key = keys.key(acme.organization(), acme, name);

        assertThat(verifies(key, key.sign(SECRET), SECRET)).isTrue();
        assertThat(verifies(key, key.sign(SECRET), "another".getBytes(UTF_8))).isFalse();
    }

    @Test
    void signingKeyStaysTheSame() {
        SigningKey first = keys.key(acme.organization(), acme, KeyName.LOG);
        SigningKey second = keys.key(acme.organization(), acme, KeyName.LOG);

        assertThat(second.publicKey()).isEqualTo(first.publicKey());
        assertThat(second.notBefore()).isEqualTo(first.notBefore());
    }

    @Test
    @Claim("E1")
    void serverCanNeitherChangeNorDeleteAKey() {
        assertThat(beyondTheWalls().sql("""
                        SELECT DISTINCT privilege_type
                        FROM information_schema.role_table_grants
                        WHERE grantee = 'nuxari_app' AND table_name IN ('organization_key', 'signing_key')
                        """).query((row, _) -> row.getString(1)).list())
                .containsExactlyInAnyOrder("SELECT", "INSERT");
    }

    @Test
    @Claim("E1")
    void onlyTheReplacedPrivateHalfCanBeForgottenAndNothingElse() {
        SigningKey first = keys.key(acme.organization(), acme, KeyName.LOG);
        SigningKey second = keys.replace(acme.organization(), acme, KeyName.LOG, first.notBefore());

        assertThat(second.publicKey()).isNotEqualTo(first.publicKey());
        assertThat(keys.key(acme.organization(), acme, KeyName.LOG).publicKey()).isEqualTo(second.publicKey());
        for (String change : List.of(
                "SET sealed_private_key = NULL WHERE version = 2 AND",
                "SET sealed_private_key = NULL, not_before = now() WHERE version = 1 AND",
                "SET sealed_private_key = 'x' WHERE version = 1 AND",
                "SET public_key = 'x' WHERE version = 1 AND",
                "SET sealed_private_key = NULL, version = 3 WHERE version = 1 AND")) {
            assertThatThrownBy(() -> beyondTheWalls()
                            .sql("UPDATE signing_key " + change + " organization_id = ?")
                            .param(acme.organization().value())
                            .update())
                    .as(change)
                    .hasStackTraceContaining("can only be added");
        }
        assertThatThrownBy(() -> beyondTheWalls()
                        .sql("DELETE FROM signing_key WHERE version = 1")
                        .update())
                .hasStackTraceContaining("can only be added");
    }

    @Test
    void keyThatAnotherServerReplacedIsNotUsedAnyMore() {
        SigningKey remembered = keys.key(acme.organization(), acme, KeyName.LOG);
        OrganizationKeys other = beans.createBean(OrganizationKeys.class);
        other.key(acme.organization(), acme, KeyName.LOG);

        other.replace(acme.organization(), acme, KeyName.LOG, remembered.notBefore());

        assertThat(keys.key(acme.organization(), acme, KeyName.LOG).publicKey())
                .isNotEqualTo(remembered.publicKey())
                .isEqualTo(other.key(acme.organization(), acme, KeyName.LOG).publicKey());
    }

    @Test
    void rotationThatFailsLeavesTheKeyAsItWas() {
        SigningKey before = keys.key(acme.organization(), acme, KeyName.LOG);

        assertThatThrownBy(() -> scope.run(acme.organization(), acme, () -> {
                    keys.replace(acme.organization(), acme, KeyName.LOG, before.notBefore());
                    throw new IllegalArgumentException("on purpose");
                }))
                .hasMessage("on purpose");

        OrganizationKeys other = beans.createBean(OrganizationKeys.class);
        assertThat(keys.key(acme.organization(), acme, KeyName.LOG).publicKey()).isEqualTo(before.publicKey());
        assertThat(other.key(acme.organization(), acme, KeyName.LOG).sign(SECRET))
                .isEqualTo(before.sign(SECRET));
    }

    private byte[] seal(Caller caller, String context) {
        return scope.within(caller.organization(), caller, () -> envelope.seal(SECRET, context));
    }

    private byte[] open(Caller caller, byte[] sealed, String context) {
        return scope.within(caller.organization(), caller, () -> envelope.open(sealed, context));
    }

    private static long rows(String table, Caller caller) {
        return beyondTheWalls()
                .sql("SELECT count(*) FROM " + table + " WHERE organization_id = ?")
                .param(caller.organization().value())
                .query((row, _) -> row.getLong(1))
                .single();
    }

    private static boolean verifies(SigningKey key, byte[] signature, byte[] message) throws Exception {
        return switch (key.algorithm()) {
            case ED25519 -> {
                var verifier = new Ed25519Signer();
                verifier.init(false, new Ed25519PublicKeyParameters(key.publicKey()));
                verifier.update(message, 0, message.length);
                yield verifier.verifySignature(signature);
            }
            case ML_DSA_65 -> verifies("ML-DSA-65", "ML-DSA-65", key, signature, message);
            case ECDSA_P256 -> verifies("EC", "SHA256withECDSA", key, signature, message);
        };
    }

    private static boolean verifies(String keys, String algorithm, SigningKey key, byte[] signature, byte[] message)
            throws Exception {
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(KeyFactory.getInstance(keys).generatePublic(new X509EncodedKeySpec(key.publicKey())));
        verifier.update(message);
        return verifier.verify(signature);
    }
}
