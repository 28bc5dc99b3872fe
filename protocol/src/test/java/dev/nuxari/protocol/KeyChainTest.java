package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.KeyChain.Broken;
import dev.nuxari.protocol.KeyChain.Followed;
import dev.nuxari.transparency.LogSource;
import dev.nuxari.transparency.StrictBase64;
import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever trusts one manifest can follow to the newest, and to nothing else. */
@Claim("V4")
class KeyChainTest {
    private static final Instant ROTATED = RecordedWorkflow.START.plusSeconds(600);
    private static final Notary FIRST = new Notary(RecordedWorkflow.ORGANIZATION);
    private static final Notary SECOND = FIRST.rotated(ROTATED, 40);
    private static final Notary THIRD = SECOND.rotated(ROTATED.plusSeconds(600), 70);

    @Test
    void nextManifestFollowsTheOneBefore() {
        assertThat(SECOND.manifest().follows(FIRST.manifest())).isEqualTo(new Verified());
        assertThat(THIRD.manifest().follows(SECOND.manifest())).isEqualTo(new Verified());
        assertThat(THIRD.manifest().retired())
                .extracting(retired -> retired.key().keyId())
                .containsExactly(
                        FIRST.log().published().keyId(),
                        SECOND.log().published().keyId());
    }

    @Test
    void isReadAsItWasWritten() {
        KeyManifest read =
                KeyManifest.parse(Json.parseObject(THIRD.manifest().json().canonical()));

        assertThat(read.json()).isEqualTo(THIRD.manifest().json());
        assertThat(read.verify()).isEqualTo(new Verified());
        assertThat(read.json().integer("v")).isEqualTo(2);
        assertThat(FIRST.manifest().json().integer("v")).isEqualTo(1);
    }

    @Test
    void versionIsNotLeftOut() {
        refuted(THIRD.manifest(), FIRST.manifest(), "it is not the next version");
        refuted(FIRST.manifest(), FIRST.manifest(), "it is not the next version");
        refuted(FIRST.manifest(), SECOND.manifest(), "it is not the next version");
    }

    @Test
    void forkDoesNotFollowTheOtherBranch() {
        Notary fork = FIRST.rotated(ROTATED, 40);

        assertThat(fork.manifest().follows(FIRST.manifest())).isEqualTo(new Verified());
        refuted(THIRD.manifest(), fork.manifest(), "it names another predecessor");
    }

    /** Somebody without the predecessor's key can make a manifest of their own keys, and name whom they like. */
    @Test
    void strangerCannotTakeOver() {
        Notary stranger = new Notary(RecordedWorkflow.ORGANIZATION).rotated(ROTATED, 40);
        Obj claimed = stranger.manifest()
                .json()
                .with(
                        "previous",
                        stranger.manifest()
                                .json()
                                .object("previous")
                                .with("hash", FIRST.manifest().hash()));

        refuted(stranger.manifest(), FIRST.manifest(), "it names another predecessor");
        refuted(signed(stranger, claimed), FIRST.manifest(), "the predecessor's log key has not signed it");
    }

    /** The predecessor's key has signed all of it: the new one cannot change anything afterwards. */
    @Test
    void whatWasHandedOverCannotBeChangedByTheNewKey() {
        Obj second = SECOND.manifest().json();

        refuted(
                signed(SECOND, second.with("issuedAt", ROTATED.plusSeconds(1))),
                FIRST.manifest(),
                "the predecessor's log key has not signed it");
        refuted(
                signed(SECOND, second.with("previous", second.object("previous").with("signature", "AAAA"))),
                FIRST.manifest(),
                "the predecessor's log key has not signed it");
        refuted(
                signed(SECOND, second.with("previous", second.object("previous").with("signature", "?"))),
                FIRST.manifest(),
                "the predecessor's log key has not signed it");
    }

    /** A key that was never the log's would verify what somebody signed with it under an old date. */
    @Test
    void noRetiredKeyAppearsOutOfNothing() {
        List<Obj> retired = THIRD.manifest().json().objects("retired");

        refuted(
                handedOver(json -> json.with(
                        "retired",
                        List.of(retired.getFirst(), retired.getLast(), invented(ROTATED.plusSeconds(900), 90)))),
                SECOND.manifest(),
                "a retired key was dropped or changed");
        refuted(
                handedOver(json -> json.with(
                        "retired",
                        List.of(retired.getFirst(), invented(ROTATED.plusSeconds(60), 60), retired.getLast()))),
                SECOND.manifest(),
                "a retired key was dropped or changed");
    }

    private static Obj invented(Instant at, long size) {
        return FIRST.rotated(ROTATED, 40)
                .rotated(at, size)
                .manifest()
                .json()
                .objects("retired")
                .getLast();
    }

    /** Even when both keys sign it, no key disappears and none changes silently. */
    @Test
    void noKeyIsDroppedOrAltered() {
        Obj third = THIRD.manifest().json();
        List<Obj> retired = third.objects("retired");

        refuted(
                handedOver(json -> json.with("retired", retired.subList(1, 2))),
                SECOND.manifest(),
                "a retired key was dropped or changed");
        refuted(
                handedOver(json -> json.with("retired", retired.subList(0, 1))),
                SECOND.manifest(),
                "a retired key was dropped or changed");
        refuted(
                handedOver(json -> json.with("retired", List.of())),
                SECOND.manifest(),
                "a retired key was dropped or changed");
        refuted(
                handedOver(json ->
                        json.with("retired", List.of(retired.getFirst().with("treeSize", 50), retired.getLast()))),
                SECOND.manifest(),
                "a retired key was dropped or changed");
        refuted(
                handedOver(json -> json.with(
                        "retired",
                        List.of(retired.getFirst(), retired.getLast().with("notBefore", RecordedWorkflow.START)))),
                SECOND.manifest(),
                "a retired key was dropped or changed");
        refuted(
                handedOver(json -> json.with(
                        "keys",
                        json.objects("keys").stream()
                                .filter(key -> !key.string("name").equals("archive"))
                                .toList())),
                SECOND.manifest(),
                "a key was dropped or changed");
        PublishedKey other = new Notary(RecordedWorkflow.ORGANIZATION).archive().published();
        refuted(
                handedOver(json -> json.with(
                        "keys",
                        json.objects("keys").stream()
                                .map(key -> key.string("name").equals("archive") ? other.json() : key)
                                .toList())),
                SECOND.manifest(),
                "a key was dropped or changed");
        refuted(
                handedOver(json -> json.with("issuedAt", RecordedWorkflow.START)),
                SECOND.manifest(),
                "it was issued earlier");
    }

    @Test
    void retiredKeyDoesNotComeBack() {
        KeyManifest back = SECOND.manifest().handOver(ROTATED.plusSeconds(9), 41, SECOND.log(), FIRST.log());

        assertThat(back.verify()).isEqualTo(new Refuted("the log key is one that was replaced"));
    }

    @Test
    void manifestOfAnotherOrganizationDoesNotFollow() {
        Notary other = new Notary(new OrganizationId(UUID.randomUUID()));

        refuted(other.rotated(ROTATED, 40).manifest(), FIRST.manifest(), "it is of another organization");
    }

    @Test
    void onlyTheOutgoingKeyHandsOver() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FIRST.manifest().handOver(ROTATED, 40, THIRD.log(), SECOND.log()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"retired", "previous", "keys", "version"})
    void refusesWhatIsNoManifest(String member) {
        Obj json = SECOND.manifest().json();
        assertThatThrownBy(() -> KeyManifest.parse(json.without(member)))
                .isInstanceOf(JsonException.class)
                .hasMessage("/" + member + ": missing");
        for (Object wrong : List.of(List.of(Json.object()), Json.object(), "x", 1L << 40)) {
            assertThatThrownBy(() -> KeyManifest.parse(json.with(member, wrong)))
                    .isInstanceOf(JsonException.class);
        }
    }

    @Test
    void refusesHistoriesThatCannotBe() {
        Obj json = THIRD.manifest().json();
        List<Obj> retired = json.objects("retired");
        List<Obj> impossible = List.of(
                json.with("retired", retired.reversed()),
                json.with("version", 4),
                json.with("v", 3),
                json.with("v", 1),
                json.with("retired", List.of(retired.getFirst().with("notAfter", "2020-01-01T00:00:00.000Z"))),
                json.with("retired", List.of(retired.getFirst().with("treeSize", -1))),
                json.with("retired", List.of(retired.getFirst().with("more", 1))),
                json.with("previous", json.object("previous").with("more", 1)),
                json.with("previous", json.object("previous").with("hash", "abc")));

        impossible.forEach(
                one -> assertThatThrownBy(() -> KeyManifest.parse(one)).isInstanceOf(JsonException.class));
    }

    @Test
    void chainIsFollowedOverWhatTheLogServes() throws IOException {
        ServedKeys log = new ServedKeys(FIRST, SECOND, THIRD);

        assertThat(newest(FIRST, log)).isEqualTo(THIRD.manifest().hash());
        assertThat(newest(SECOND, log)).isEqualTo(THIRD.manifest().hash());
        assertThat(newest(THIRD, log)).isEqualTo(THIRD.manifest().hash());
    }

    @Test
    void copyThatIsOlderOrHasNoKeysAddsNothing() throws IOException {
        assertThat(newest(THIRD, new ServedKeys(FIRST, SECOND)))
                .isEqualTo(THIRD.manifest().hash());
        assertThat(newest(FIRST, new ServedKeys())).isEqualTo(FIRST.manifest().hash());
    }

    @Test
    void brokenChainSaysWhere() throws IOException {
        Notary fork = FIRST.rotated(ROTATED, 40);

        assertThat(KeyChain.follow(fork.manifest(), new ServedKeys(FIRST, SECOND)))
                .isEqualTo(new Broken("keys", "is another version 2 than the trusted one"));
        assertThat(KeyChain.follow(fork.manifest(), new ServedKeys(FIRST, SECOND, THIRD)))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.resource()).isEqualTo("keys"));
        ServedKeys gap = new ServedKeys(FIRST, SECOND, THIRD);
        gap.resources.remove("keys?version=2");
        assertThat(KeyChain.follow(FIRST.manifest(), gap)).isEqualTo(new Broken("keys?version=2", "is not served"));
        gap.resources.put("keys?version=2", "{}");
        assertThat(KeyChain.follow(FIRST.manifest(), gap))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.reason()).startsWith("is no key manifest: "));
        gap.resources.put("keys", "nothing");
        assertThat(KeyChain.follow(FIRST.manifest(), gap)).isInstanceOf(Broken.class);
        Obj far = THIRD.manifest().json();
        gap.resources.put(
                "keys",
                far.with("version", 5_000)
                        .with("previous", far.object("previous").with("version", 4_999))
                        .canonical());
        assertThat(KeyChain.follow(FIRST.manifest(), gap)).isEqualTo(new Broken("keys", "is 4999 versions further"));
    }

    private static String newest(Notary trusted, LogSource log) throws IOException {
        return ((Followed) KeyChain.follow(trusted.manifest(), log)).newest().hash();
    }

    private static void refuted(KeyManifest next, KeyManifest before, String why) {
        assertThat(next.follows(before))
                .isEqualTo(new Refuted(
                        "version %d does not follow version %d: %s".formatted(next.version(), before.version(), why)));
    }

    /** The third manifest, changed before the second key vouches for it and the third signs it. */
    private static KeyManifest handedOver(UnaryOperator<Obj> change) {
        Obj json = change.apply(THIRD.manifest().json());
        byte[] vouched = SECOND.log().sign(KeyManifest.parse(json).handedOverBytes());
        return signed(
                THIRD, json.with("previous", json.object("previous").with("signature", StrictBase64.encode(vouched))));
    }

    private static KeyManifest signed(Notary notary, Obj json) {
        byte[] signature = notary.log().sign(json.without("signature").canonicalBytes());
        return KeyManifest.parse(json.with("signature", StrictBase64.encode(signature)));
    }

    private static final class ServedKeys implements LogSource {
        private final Map<String, String> resources = new HashMap<>();

        ServedKeys(Notary... notaries) {
            for (Notary notary : notaries) {
                String manifest = notary.manifest().json().canonical();
                resources.put("keys?version=" + notary.manifest().version(), manifest);
                resources.put("keys", manifest);
            }
        }

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(resources.get(path)).map(text -> text.getBytes(UTF_8));
        }
    }
}
