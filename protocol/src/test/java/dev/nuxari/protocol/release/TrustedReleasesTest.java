package dev.nuxari.protocol.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.release.TrustedReleases.Answer;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TUF's workflow of a client (sections 5.2 to 5.6), one test for each thing that has to be refused. */
@Claim("E4")
class TrustedReleasesTest {
    private static final Release RELEASE =
            new Release(new ReleaseVersion(0, 2, 0), "linux-amd64", 10, "a".repeat(64), "b".repeat(64));

    private final VendorInHand vendor = new VendorInHand();
    private final Instant now = VendorInHand.FOUNDED.plus(Duration.ofDays(1));

    private static TrustedReleases trusted(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Trusted.class);
        return ((Answer.Trusted) answer).releases();
    }

    private static void assertRefused(Answer answer, ReleaseRefusal why) {
        assertThat(answer).isEqualTo(new Answer.Refused(why));
    }

    private static byte[] of(Map<String, byte[]> files, String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    private TrustedReleases shipped() {
        return trusted(TrustedReleases.shipped(vendor.shippedRoot()));
    }

    private TrustedReleases refreshed(TrustedReleases known, Map<String, byte[]> files) {
        TrustedReleases stamped = trusted(known.withTimestamp(of(files, "timestamp.json"), now));
        int snapshot = stamped.timestamp().orElseThrow().snapshot().version();
        TrustedReleases snapped = trusted(stamped.withSnapshot(of(files, snapshot + ".snapshot.json"), now));
        int targets = snapped.snapshot().orElseThrow().targets().version();
        return trusted(snapped.withTargets(of(files, targets + ".targets.json"), now));
    }

    private TrustedReleases refreshed(TrustedReleases known) {
        return refreshed(known, vendor.files);
    }

    @Test
    void whatTheVendorHasSignedIsFound() {
        vendor.publish(RELEASE);

        Targets targets = refreshed(shipped()).targets().orElseThrow();

        assertThat(targets.find(RELEASE.sha256())).contains(RELEASE);
        assertThat(targets.find(RELEASE.version(), "linux-amd64")).contains(RELEASE);
        assertThat(targets.find(RELEASE.version(), "linux-arm64")).isEmpty();
    }

    @Test
    void olderTimestampIsRolledBack() {
        Map<String, byte[]> old = vendor.copy();
        vendor.publish(RELEASE);
        TrustedReleases known = refreshed(shipped());

        assertRefused(known.withTimestamp(of(old, "timestamp.json"), now), ReleaseRefusal.TIMESTAMP_ROLLED_BACK);
    }

    @Test
    void timestampOfTheSameSnapshotThatWasReplacedIsRolledBack() {
        FileMeta snapshot = FileMeta.of(1, vendor.file("1.snapshot.json"));
        byte[] third = vendor.sign(new Timestamp(3, vendor.expires, snapshot));
        byte[] second = vendor.sign(new Timestamp(2, vendor.expires, snapshot));
        TrustedReleases known = trusted(shipped().withTimestamp(third, now));

        assertRefused(known.withTimestamp(second, now), ReleaseRefusal.TIMESTAMP_ROLLED_BACK);
    }

    /** Whoever has the timestamp key alone can count on, and cannot go back. */
    @Test
    void newerTimestampOfAnOlderSnapshotIsRolledBack() {
        FileMeta old = FileMeta.of(1, vendor.file("1.snapshot.json"));
        vendor.publish(RELEASE);
        TrustedReleases known = refreshed(shipped());
        byte[] stamp = vendor.sign(new Timestamp(9, vendor.expires, old));

        assertRefused(known.withTimestamp(stamp, now), ReleaseRefusal.TIMESTAMP_ROLLED_BACK);
    }

    @Test
    void newerSnapshotOfOlderTargetsIsRolledBack() {
        FileMeta old = FileMeta.of(1, vendor.file("1.targets.json"));
        vendor.publish(RELEASE);
        TrustedReleases known = refreshed(shipped());
        byte[] snapshot = vendor.sign(new Snapshot(3, vendor.expires, old));
        byte[] stamp = vendor.sign(new Timestamp(3, vendor.expires, FileMeta.of(3, snapshot)));

        assertRefused(
                trusted(known.withTimestamp(stamp, now)).withSnapshot(snapshot, now),
                ReleaseRefusal.SNAPSHOT_ROLLED_BACK);
    }

    /** After new keys for timestamp and snapshot, targets are still not older than they were. */
    @Test
    void olderTargetsAreRolledBackWhenSnapshotsBeganAnew() {
        vendor.publish(RELEASE);
        vendor.publish(RELEASE);
        TrustedReleases known = refreshed(shipped());
        ReleaseKeys fresh = VendorInHand.newKeys();
        var keys = new ReleaseKeys(Map.of(
                ReleaseRole.ROOT, vendor.keys().of(ReleaseRole.ROOT),
                ReleaseRole.TARGETS, vendor.keys().of(ReleaseRole.TARGETS),
                ReleaseRole.SNAPSHOT, fresh.of(ReleaseRole.SNAPSHOT),
                ReleaseRole.TIMESTAMP, fresh.of(ReleaseRole.TIMESTAMP)));
        TrustedReleases rotated = trusted(known.followedBy(vendor.root(keys, List.of())));
        FileMeta old = FileMeta.of(2, vendor.file("2.targets.json"));
        byte[] snapshot = VendorInHand.sign(new Snapshot(1, vendor.expires, old).json(), keys.of(ReleaseRole.SNAPSHOT));
        byte[] stamp = VendorInHand.sign(
                new Timestamp(1, vendor.expires, FileMeta.of(1, snapshot)).json(), keys.of(ReleaseRole.TIMESTAMP));

        TrustedReleases snapped =
                trusted(trusted(rotated.withTimestamp(stamp, now)).withSnapshot(snapshot, now));

        assertRefused(snapped.withTargets(vendor.file("2.targets.json"), now), ReleaseRefusal.TARGETS_ROLLED_BACK);
    }

    @Test
    void frozenTimestampIsRefusedWhenItEnds() {
        Instant later = vendor.expires;

        assertRefused(shipped().withTimestamp(vendor.file("timestamp.json"), later), ReleaseRefusal.TIMESTAMP_EXPIRED);
        assertThat(shipped().withTimestamp(vendor.file("timestamp.json"), later.minusSeconds(1)))
                .isInstanceOf(Answer.Trusted.class);
    }

    /** The same version with a later end is no newer word: the one that is known counts, and has ended. */
    @Test
    void sameVersionOfATimestampProlongsNothing() {
        TrustedReleases known = refreshed(shipped());
        FileMeta snapshot = known.timestamp().orElseThrow().snapshot();
        byte[] prolonged = vendor.sign(new Timestamp(1, vendor.expires.plus(Duration.ofDays(9)), snapshot));

        assertRefused(known.withTimestamp(prolonged, vendor.expires), ReleaseRefusal.TIMESTAMP_EXPIRED);
    }

    @ParameterizedTest
    @EnumSource(names = {"SNAPSHOT", "TARGETS"})
    void endedSnapshotAndTargetsAreRefused(ReleaseRole role) {
        Instant end = vendor.expires;
        Instant good = end.plus(Duration.ofDays(30));
        byte[] targets = vendor.sign(new Targets(2, role == ReleaseRole.TARGETS ? end : good, List.of()));
        byte[] snapshot =
                vendor.sign(new Snapshot(2, role == ReleaseRole.SNAPSHOT ? end : good, FileMeta.of(2, targets)));
        byte[] stamp = vendor.sign(new Timestamp(2, good, FileMeta.of(2, snapshot)));

        Answer snapped = trusted(shipped().withTimestamp(stamp, end)).withSnapshot(snapshot, end);

        if (role == ReleaseRole.SNAPSHOT) {
            assertRefused(snapped, ReleaseRefusal.SNAPSHOT_EXPIRED);
        } else {
            assertRefused(trusted(snapped).withTargets(targets, end), ReleaseRefusal.TARGETS_EXPIRED);
        }
    }

    @Test
    void metadataOfDifferentTimesAreNotMixed() {
        Map<String, byte[]> old = vendor.copy();
        vendor.publish(RELEASE);
        TrustedReleases stamped = trusted(shipped().withTimestamp(vendor.file("timestamp.json"), now));

        assertThat(stamped.withSnapshot(of(old, "1.snapshot.json"), now)).isInstanceOf(Answer.Refused.class);
        TrustedReleases snapped = trusted(stamped.withSnapshot(vendor.file("2.snapshot.json"), now));
        assertThat(snapped.withTargets(of(old, "1.targets.json"), now)).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void announcedVersionIsTheVersion() {
        byte[] targets = vendor.file("1.targets.json");
        byte[] snapshot = vendor.sign(new Snapshot(7, vendor.expires, FileMeta.of(3, targets)));
        byte[] stamp = vendor.sign(new Timestamp(7, vendor.expires, FileMeta.of(7, snapshot)));
        byte[] other = vendor.sign(new Timestamp(7, vendor.expires, FileMeta.of(6, snapshot)));

        assertRefused(trusted(shipped().withTimestamp(other, now)).withSnapshot(snapshot, now), ReleaseRefusal.MIXED);
        TrustedReleases snapped =
                trusted(trusted(shipped().withTimestamp(stamp, now)).withSnapshot(snapshot, now));
        assertRefused(snapped.withTargets(targets, now), ReleaseRefusal.MIXED);
    }

    @Test
    void otherBytesAndOtherLengthsAreRefused() {
        TrustedReleases stamped = trusted(shipped().withTimestamp(vendor.file("timestamp.json"), now));
        String text = new String(vendor.file("1.snapshot.json"), UTF_8);

        assertRefused(stamped.withSnapshot((text + " ").getBytes(UTF_8), now), ReleaseRefusal.WRONG_LENGTH);
        assertRefused(
                stamped.withSnapshot(text.replace("1.0.33", "1.0.34").getBytes(UTF_8), now), ReleaseRefusal.WRONG_HASH);
    }

    @ParameterizedTest
    @EnumSource(
            value = ReleaseRole.class,
            names = {"TARGETS", "SNAPSHOT"})
    void keyOfOneRoleSignsNoOther(ReleaseRole role) {
        Json.Obj stamp = new Timestamp(2, vendor.expires, FileMeta.of(1, vendor.file("1.snapshot.json"))).json();

        assertRefused(
                shipped().withTimestamp(VendorInHand.sign(stamp, vendor.keys().of(role)), now),
                ReleaseRefusal.THRESHOLD_NOT_MET);
    }

    @Test
    void strangersKeySignsNothing() {
        Json.Obj stamp = new Timestamp(2, vendor.expires, FileMeta.of(1, vendor.file("1.snapshot.json"))).json();
        List<Ed25519PrivateKey> strangers = VendorInHand.newKeys().of(ReleaseRole.TIMESTAMP);

        assertRefused(
                shipped().withTimestamp(VendorInHand.sign(stamp, strangers), now), ReleaseRefusal.THRESHOLD_NOT_MET);
        assertRefused(
                shipped().withTimestamp(VendorInHand.sign(stamp, List.of()), now), ReleaseRefusal.THRESHOLD_NOT_MET);
    }

    @Test
    void metadataOfAnotherRoleAreNotTaken() {
        assertRefused(shipped().withTimestamp(vendor.file("1.snapshot.json"), now), ReleaseRefusal.MALFORMED);
        assertRefused(shipped().followedBy(vendor.file("1.targets.json")), ReleaseRefusal.MALFORMED);
    }

    @Test
    void alteredMetadataAreNotSigned() {
        String text = new String(vendor.file("timestamp.json"), UTF_8);

        assertRefused(
                shipped()
                        .withTimestamp(
                                text.replace("\"version\":1}", "\"version\":2}").getBytes(UTF_8), now),
                ReleaseRefusal.THRESHOLD_NOT_MET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"signed\":{},\"signatures\":[]}",
                "{\"signed\":{\"_type\":\"timestamp\"},\"signatures\":[]}",
                "{\"signed\":{},\"signatures\":[{\"keyid\":1,\"sig\":2}]}"
            })
    void whatIsNoMetadataIsRefused(String text) {
        assertRefused(shipped().withTimestamp(text.getBytes(UTF_8), now), ReleaseRefusal.MALFORMED);
        assertRefused(shipped().followedBy(text.getBytes(UTF_8)), ReleaseRefusal.MALFORMED);
        assertRefused(TrustedReleases.shipped(text.getBytes(UTF_8)), ReleaseRefusal.MALFORMED);
    }

    @Test
    void otherSpecificationIsNotRead() {
        Json.Obj stamp = new Timestamp(2, vendor.expires, FileMeta.of(1, vendor.file("1.snapshot.json"))).json();
        byte[] later = VendorInHand.sign(
                stamp.with("spec_version", "2.0.0"), vendor.keys().of(ReleaseRole.TIMESTAMP));

        assertRefused(shipped().withTimestamp(later, now), ReleaseRefusal.MALFORMED);
    }

    private byte[] signedRoot(List<Ed25519PrivateKey> signers) {
        vendor.root(vendor.keys(), List.of());
        return VendorInHand.sign(vendor.rootOf(vendor.keys()).json(), signers);
    }

    @Test
    void oneOfTwoSignaturesIsNotEnough() {
        assertRefused(
                shipped()
                        .followedBy(
                                signedRoot(vendor.keys().of(ReleaseRole.ROOT).subList(0, 1))),
                ReleaseRefusal.THRESHOLD_NOT_MET);
        assertThat(shipped().followedBy(signedRoot2())).isInstanceOf(Answer.Trusted.class);
    }

    private byte[] signedRoot2() {
        VendorInHand same = vendor;
        return VendorInHand.sign(
                new Root(
                                2,
                                same.expires,
                                same.rootOf(same.keys()).keys(),
                                same.rootOf(same.keys()).roles())
                        .json(),
                same.keys().of(ReleaseRole.ROOT).subList(0, 2));
    }

    @Test
    void sameKeyTwiceIsOneKey() {
        Ed25519PrivateKey key = vendor.keys().of(ReleaseRole.ROOT).getFirst();

        assertRefused(shipped().followedBy(signedRoot(List.of(key, key))), ReleaseRefusal.THRESHOLD_NOT_MET);
    }

    /** The threshold would be met by one person with one key under two names. */
    @Test
    void keyHasNoSecondName() {
        Json.Obj root = vendor.rootOf(vendor.keys()).json();
        String id = root.object("keys").members().keySet().iterator().next();
        Json.Obj renamed = root.with(
                "keys",
                root.object("keys").with("c".repeat(64), root.object("keys").member(id)));

        assertRefused(
                TrustedReleases.shipped(VendorInHand.sign(renamed, vendor.keys().of(ReleaseRole.ROOT))),
                ReleaseRefusal.MALFORMED);
    }

    @Test
    void rootIsFollowedToItsNewKeys() {
        vendor.rotate();
        vendor.rotate();
        vendor.publish(RELEASE);

        TrustedReleases newest = trusted(
                trusted(shipped().followedBy(vendor.file("2.root.json"))).followedBy(vendor.file("3.root.json")));

        assertThat(refreshed(newest).targets().orElseThrow().releases()).containsExactly(RELEASE);
        assertRefused(shipped().withTimestamp(vendor.file("timestamp.json"), now), ReleaseRefusal.THRESHOLD_NOT_MET);
    }

    @Test
    void rootIsNotSkipped() {
        vendor.rotate();
        var signers = Stream.concat(vendor.keys().of(ReleaseRole.ROOT).stream(), Stream.<Ed25519PrivateKey>of())
                .toList();
        TrustedReleases second = trusted(shipped().followedBy(vendor.file("2.root.json")));
        vendor.root(vendor.keys(), List.of());
        byte[] fourth = vendor.root(vendor.keys(), signers);

        assertRefused(second.followedBy(fourth), ReleaseRefusal.ROOT_OUT_OF_ORDER);
        assertRefused(second.followedBy(vendor.file("2.root.json")), ReleaseRefusal.ROOT_OUT_OF_ORDER);
    }

    @Test
    void rootThatTheFormerOneHasNotSignedIsRefused() {
        byte[] next = vendor.root(VendorInHand.newKeys(), List.of());

        assertRefused(shipped().followedBy(next), ReleaseRefusal.THRESHOLD_NOT_MET);
    }

    /** Else the keys before could name keys that nobody has. */
    @Test
    void rootThatItsOwnKeysHaveNotSignedIsRefused() {
        vendor.root(vendor.keys(), List.of());
        byte[] next = VendorInHand.sign(
                vendor.rootOf(VendorInHand.newKeys()).json(), vendor.keys().of(ReleaseRole.ROOT));

        assertRefused(shipped().followedBy(next), ReleaseRefusal.THRESHOLD_NOT_MET);
    }

    @Test
    void rootEndsAtItsTime() {
        assertThat(shipped().isRootExpired(vendor.expires.minusSeconds(1))).isFalse();
        assertThat(shipped().isRootExpired(vendor.expires)).isTrue();
    }

    /** Whoever stole the timestamp key may have counted to the end: new keys begin anew (TUF 5.3.11). */
    @Test
    void newKeysForgetWhatTheFormerOnesHaveCounted() {
        byte[] far = vendor.sign(new Timestamp(
                Integer.MAX_VALUE, vendor.expires, FileMeta.of(Integer.MAX_VALUE, vendor.file("1.snapshot.json"))));
        TrustedReleases spoiled = trusted(shipped().withTimestamp(far, now));
        vendor.rotate();

        TrustedReleases rotated = trusted(spoiled.followedBy(vendor.file("2.root.json")));

        assertThat(refreshed(rotated).timestamp().orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void whatWasKnownIsKnownAgain() {
        vendor.rotate();
        vendor.publish(RELEASE);
        TrustedReleases known = refreshed(trusted(shipped().followedBy(vendor.file("2.root.json"))));
        Json.Obj written = RememberedReleases.of(known).json();

        TrustedReleases again = trusted(RememberedReleases.parse(written).under(vendor.shippedRoot()));

        assertThat(RememberedReleases.of(again).json()).isEqualTo(written);
        assertThat(again.root().version()).isEqualTo(2);
    }

    /** Whoever can write the folder can forget for the agent, and make it believe nothing. */
    @Test
    void memoryIsVerifiedFromThePackagesRoot() {
        VendorInHand other = new VendorInHand();
        other.rotate();
        other.publish(RELEASE);
        TrustedReleases foreign = refreshed(
                trusted(trusted(TrustedReleases.shipped(other.shippedRoot())).followedBy(other.file("2.root.json"))),
                other.files);

        TrustedReleases mine = trusted(RememberedReleases.of(foreign).under(vendor.shippedRoot()));

        assertThat(mine.root().version()).isEqualTo(1);
        assertThat(mine.targets()).isEmpty();
        assertThat(mine.timestamp()).isEmpty();
    }

    /** A package that brings a later root goes on from there. */
    @Test
    void laterRootOfAPackageCounts() {
        vendor.rotate();
        vendor.rotate();
        TrustedReleases known = trusted(shipped().followedBy(vendor.file("2.root.json")));

        TrustedReleases again = trusted(RememberedReleases.of(known).under(vendor.file("3.root.json")));

        assertThat(again.root().version()).isEqualTo(3);
    }
}
