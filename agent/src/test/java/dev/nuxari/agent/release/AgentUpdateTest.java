package dev.nuxari.agent.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.agent.action.Outliving.Verdict;
import dev.nuxari.agent.action.Sight;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.release.Release;
import dev.nuxari.protocol.release.ReleaseRefusal;
import dev.nuxari.protocol.release.ReleaseVersion;
import dev.nuxari.protocol.release.VendorInHand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From an order to a link that the launcher follows, and each thing that may be wrong on the way. */
@Claim("E4")
class AgentUpdateTest {
    private static final String PLATFORM = "linux-amd64";

    private final VendorInHand vendor = new VendorInHand();
    private final Memory memory = new Memory();
    private Instant now = VendorInHand.FOUNDED.plus(Duration.ofDays(1));
    private Mirror mirror = new Mirror(vendor.files);

    @TempDir
    private Path home = Path.of("");

    private Release release = published("0.2.0", Archives.of("0.2.0"));

    /** What the agent keeps, without a disk. */
    private static final class Memory implements ReleaseMemory {
        private Optional<Json.Obj> known = Optional.empty();

        @Override
        public Optional<Json.Obj> read() {
            return known;
        }

        @Override
        public void write(Json.Obj value) {
            known = Optional.of(value);
        }
    }

    private Release published(String version, Archives archives) {
        byte[] bytes = archives.bytes();
        Release made = Archives.release(version, PLATFORM, bytes, archives.listHash());
        mirror = Mirror.publishing(vendor, made, bytes);
        return made;
    }

    @BeforeEach
    void shipRoot() throws IOException {
        Files.createDirectories(home.resolve("package"));
        Files.write(home.resolve("package/release-root.json"), vendor.shippedRoot());
    }

    private AgentUpdate update(String running) {
        return update(running, new AgentUpdate.Home(home.resolve("package"), true, PLATFORM));
    }

    private AgentUpdate update(String running, AgentUpdate.Home place) {
        var patience = new ReleaseClient.Patience(Duration.ofMillis(1), Duration.ofSeconds(30));
        return new AgentUpdate(
                folder(running), place, new ReleaseClient(mirror, memory, place.root(), patience, () -> now));
    }

    private ReleaseFolder folder(String running) {
        return new ReleaseFolder(home.resolve("releases"), ReleaseVersion.parse(running));
    }

    private Json.Obj order() {
        return order(release);
    }

    private static Json.Obj order(Release of) {
        return Json.object("version", of.version().toString(), "sha256", of.sha256(), "length", of.length());
    }

    private String link(String name) throws IOException {
        Path link = home.resolve("releases").resolve(name);
        return Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).toString() : "none";
    }

    private void setLink(String name, String version) throws IOException {
        Files.createDirectories(home.resolve("releases"));
        Files.createSymbolicLink(home.resolve("releases").resolve(name), Path.of(version));
    }

    private void assertRefused(AgentUpdate update, Json.Obj order, ReleaseRefusal why) throws IOException {
        assertThat(update.perform(order)).isPresent();
        assertThat(update.verdict(order))
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.after().values().string("refusal"))
                                .isEqualTo(why.spelled()));
        assertThat(link("next")).isEqualTo("none");
    }

    private void assertRefused(ReleaseRefusal why) throws IOException {
        assertRefused(update("0.1.0"), order(), why);
    }

    private void assertTaken() throws IOException {
        AgentUpdate update = update("0.1.0");
        assertThat(update.perform(order())).isEmpty();
        assertThat(update.verdict(order())).isInstanceOf(Verdict.Open.class);
        assertThat(link("next")).isEqualTo("0.2.0");
        assertThat(home.resolve("releases/0.2.0/agent.jar")).hasContent("classes of 0.2.0");
        assertThat(home.resolve("releases/0.2.0/bin/java")).isExecutable();
        try (Stream<Path> left = Files.list(home.resolve("releases"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("0.2.0", "next");
        }
    }

    @Test
    void releaseThatWasOrderedIsTriedNext() throws Exception {
        assertThat(update("0.1.0").look(order()))
                .isInstanceOfSatisfying(
                        Sight.Seen.class, seen -> assertThat(seen.isAsAsked()).isFalse());
        assertTaken();
    }

    @Test
    void releaseThatRunsIsNoWork() {
        assertThat(update("0.2.0").look(order()))
                .isInstanceOfSatisfying(
                        Sight.Seen.class, seen -> assertThat(seen.isAsAsked()).isTrue());
    }

    /** Everything that agents refuse in metadata is in TrustedReleasesTest; this is that the update ends there. */
    @Test
    void frozenRepositoryIsRefused() throws Exception {
        now = vendor.expires.minusSeconds(1);
        vendor.files.remove(release.fileName());
        assertRefused(ReleaseRefusal.UNREACHABLE);
        vendor.expires = vendor.expires.plus(Duration.ofDays(30));
        vendor.rotate(); // so that the root has not ended, and what is known of the rest has
        vendor.expires = VendorInHand.FOUNDED.plusSeconds(1);
        vendor.publish(release);

        assertRefused(ReleaseRefusal.TIMESTAMP_EXPIRED);
    }

    @Test
    void rolledBackRepositoryIsRefusedAlsoAfterARestart() throws Exception {
        Map<String, byte[]> old = vendor.copy();
        vendor.publish(release);
        assertTaken();
        Files.delete(home.resolve("releases/next"));
        mirror = new Mirror(old);

        assertRefused(ReleaseRefusal.TIMESTAMP_ROLLED_BACK);
    }

    @Test
    void mixedRepositoryIsRefused() throws Exception {
        Map<String, byte[]> old = vendor.copy();
        vendor.publish(release);
        mirror = new Mirror(vendor.copy());
        mirror.files.put(vendor.newest("targets"), Objects.requireNonNull(old.get("2.targets.json")));

        assertRefused(ReleaseRefusal.WRONG_HASH);
    }

    @Test
    void endedRootIsRefused() throws Exception {
        now = vendor.expires;

        assertRefused(ReleaseRefusal.ROOT_EXPIRED);
    }

    @Test
    void rootsAreFollowed() throws Exception {
        vendor.rotate();
        vendor.rotate();
        vendor.publish(release);

        assertTaken();
    }

    @Test
    void rootOfSomebodyElseIsNotFollowed() throws Exception {
        VendorInHand other = new VendorInHand();
        other.rotate();
        vendor.files.put("2.root.json", other.file("2.root.json"));

        assertRefused(ReleaseRefusal.THRESHOLD_NOT_MET);
    }

    @Test
    void otherBytesAreRefusedAndNotGoneOnWith() throws Exception {
        byte[] archive = vendor.file(release.fileName()).clone();
        archive[archive.length / 2] ^= 1;
        vendor.files.put(release.fileName(), archive);

        assertRefused(ReleaseRefusal.WRONG_HASH);

        archive[archive.length / 2] ^= 1;
        assertTaken();
    }

    @Test
    void archiveThatGoesOnForEverIsCutOff() throws Exception {
        mirror = new Mirror(vendor.files) {
            @Override
            public Optional<byte[]> part(String name, long from, int most) throws IOException {
                endless = name.endsWith(".tar.gz");
                return super.part(name, from, most);
            }
        };

        assertRefused(ReleaseRefusal.WRONG_LENGTH);
    }

    @Test
    void metadataThatGoOnForEverAreCutOff() throws Exception {
        vendor.files.put("2.root.json", new byte[1]);
        mirror.endless = true;

        assertRefused(ReleaseRefusal.WRONG_LENGTH);
    }

    @Test
    void brokenDownloadIsGoneOnWith() throws Exception {
        mirror.breaksAt = 100;
        assertRefused(ReleaseRefusal.UNREACHABLE);
        mirror.breaksAt = Long.MAX_VALUE;
        mirror.asked.clear();

        assertTaken();

        assertThat(mirror.asked).contains(release.fileName() + " 100").doesNotContain(release.fileName() + " 0");
    }

    @Test
    void serverWithoutAnswerIsNoMatterOfTheHost() throws Exception {
        mirror.silent = true;

        assertThat(update("0.1.0").perform(order())).contains(Failure.TIMED_OUT);
    }

    @Test
    void orderAndMetadataNameTheSameArchive() throws Exception {
        Json.Obj order = order();
        for (Json.Obj other : new Json.Obj[] {
            order.with("length", release.length() + 1),
            order.with("version", "0.3.0"),
            order.with("sha256", "c".repeat(64))
        }) {
            assertRefused(update("0.1.0"), other, ReleaseRefusal.NO_SUCH_RELEASE);
        }
    }

    @Test
    void olderReleaseIsRefused() throws Exception {
        assertRefused(update("0.10.0"), order(), ReleaseRefusal.DOWNGRADE);
    }

    @Test
    void releaseForAnotherPlatformIsRefused() throws Exception {
        var other = new AgentUpdate.Home(home.resolve("package"), true, "linux-arm64");

        assertRefused(update("0.1.0", other), order(), ReleaseRefusal.OTHER_PLATFORM);
    }

    @Test
    void withoutRootOrLauncherThereIsNoUpdate() throws Exception {
        assertRefused(
                update("0.1.0", new AgentUpdate.Home(home.resolve("package"), false, PLATFORM)),
                order(),
                ReleaseRefusal.NOT_PREPARED);
        Files.delete(home.resolve("package/release-root.json"));
        assertRefused(ReleaseRefusal.NOT_PREPARED);
    }

    @Test
    void memoryThatIsNoneIsNotBegunAnew() throws Exception {
        memory.write(Json.object("roots", 1));

        assertRefused(ReleaseRefusal.MEMORY_CORRUPT);
    }

    @Test
    void programThatIsAnotherVersionIsNotTried() throws Exception {
        release = published("0.2.0", Archives.of("0.3.0"));

        assertRefused(ReleaseRefusal.DOES_NOT_START);
    }

    static Stream<Archives> hostileArchives() {
        return Stream.of(
                Archives.of("0.2.0").entry("lib/link", '2', 0777, 0),
                Archives.of("0.2.0").entry("lib/hard", '1', 0777, 0),
                Archives.of("0.2.0").entry("lib/device", '3', 0777, 0),
                Archives.of("0.2.0").entry("lib/pax", 'x', 0777, 0),
                Archives.of("0.2.0").listed("../outside", "x", 0644),
                Archives.of("0.2.0").listed("/etc/outside", "x", 0644),
                Archives.of("0.2.0").listed("lib/../../outside", "x", 0644),
                Archives.of("0.2.0").listed("lib//x", "x", 0644),
                Archives.of("0.2.0").entry("lib/large", '0', 0644, 1L << 33),
                Archives.of("0.2.0").entry("lib/short", '0', 0644, 100_000));
    }

    @ParameterizedTest
    @MethodSource("hostileArchives")
    void archiveThatReachesOutIsNotUnpacked(Archives archives) throws Exception {
        release = published("0.2.0", archives);

        assertRefused(ReleaseRefusal.NOT_AN_ARCHIVE);

        assertThat(home.resolve("outside")).doesNotExist();
        assertThat(home.resolve("releases/outside")).doesNotExist();
        assertThat(home.resolve("releases/0.2.0")).doesNotExist();
    }

    @Test
    void whatIsNoArchiveIsNotUnpacked() throws Exception {
        byte[] bytes = Archives.zipped(new byte[700]);
        release = Archives.release("0.2.0", PLATFORM, bytes, "a".repeat(64));
        mirror = Mirror.publishing(vendor, release, bytes);

        assertRefused(ReleaseRefusal.WRONG_HASH); // nothing in it, and so not the list either
        byte[] plain = {1, 2, 3};
        release = Archives.release("0.2.0", PLATFORM, plain, "a".repeat(64));
        mirror = Mirror.publishing(vendor, release, plain);
        assertRefused(ReleaseRefusal.NOT_AN_ARCHIVE);
    }

    @Test
    void fileThatIsNotListedIsRefused() throws Exception {
        release = published("0.2.0", Archives.of("0.2.0").file("lib/more", "x", 0644));

        assertRefused(ReleaseRefusal.WRONG_HASH);
    }

    /** What a kill may leave, one after the other. */
    @ParameterizedTest
    @ValueSource(strings = {"part", "unpacking", "unpacked", "link"})
    void whatAKillHasLeftIsNoHindrance(String state) throws Exception {
        Path releases = Files.createDirectories(home.resolve("releases"));
        switch (state) {
            case "part" -> Files.write(releases.resolve(release.sha256() + ".part"), new byte[10]);
            case "unpacking" ->
                Files.writeString(
                        Files.createDirectories(releases.resolve("0.2.0.new/bin"))
                                .resolve("java"),
                        "half");
            case "unpacked" -> Files.createDirectories(releases.resolve("0.2.0/bin"));
            default -> Files.createSymbolicLink(releases.resolve("link.new"), Path.of("0.2.0"));
        }
        Json.Obj order = order();
        assertThat(update("0.1.0").verdict(order))
                .isInstanceOfSatisfying(
                        Verdict.Failed.class, failed -> assertThat(failed.why()).isEqualTo(Failure.UNDONE));
        if (state.equals("part")) {
            assertRefused(ReleaseRefusal.WRONG_HASH); // its beginning was not ours
        }

        assertTaken();
    }

    @Test
    void releaseOnTrialIsOpenUntilItHasCheckedIn() throws Exception {
        Files.createDirectories(home.resolve("releases/0.2.0"));
        setLink("trying", "0.2.0");
        AgentUpdate update = update("0.2.0");
        assertThat(update.verdict(order())).isInstanceOf(Verdict.Open.class);
        assertThat(folder("0.2.0").isOnTrial()).isTrue();

        folder("0.2.0").confirm();

        assertThat(update.verdict(order())).isInstanceOf(Verdict.Done.class);
        assertThat(link("current") + link("trying")).isEqualTo("0.2.0none");
    }

    @Test
    void releaseThatWasTurnedBackIsSaidByTheFormerOne() throws Exception {
        Files.createDirectories(home.resolve("releases/0.2.0"));
        setLink("refused", "0.2.0");
        AgentUpdate update = update("0.1.0");

        assertThat(update.verdict(order())).isInstanceOfSatisfying(Verdict.Failed.class, failed -> {
            assertThat(failed.why()).isEqualTo(Failure.UNDONE);
            assertThat(failed.after().values().string("refusal")).isEqualTo("turned-back");
            assertThat(failed.after().values().string("version")).isEqualTo("0.1.0");
        });
        update.settled();

        assertThat(home.resolve("releases/0.2.0")).doesNotExist();
    }

    /** Somebody has started a second launcher, which has turned it back while it runs. */
    @Test
    void releaseThatIsTurnedBackWhileItRunsDoesNotSayThatItStays() throws Exception {
        setLink("refused", "0.2.0");

        assertThat(update("0.2.0").verdict(order())).isInstanceOf(Verdict.Failed.class);
        assertThatThrownBy(() -> folder("0.2.0").confirm()).isInstanceOf(IOException.class);
    }

    /** Somebody who writes the folder writes the list, too. */
    @Test
    void listOfFilesIsTheSignedOne() throws Exception {
        assertTaken();
        var place = new AgentUpdate.Home(home.resolve("package"), true, PLATFORM);
        Path folder = home.resolve("releases/0.2.0");
        String before = ReleaseClient.sha256(folder.resolve("agent.jar"));
        Files.writeString(folder.resolve("agent.jar"), "other classes");
        String list = Files.readString(folder.resolve("FILES"));
        Files.writeString(
                folder.resolve("FILES"), list.replace(before, ReleaseClient.sha256(folder.resolve("agent.jar"))));

        assertThatThrownBy(() -> ReleaseCheck.require(folder("0.1.0"), "0.2.0", place, memory))
                .hasMessageContaining("list");
    }

    /** As root's launcher asks before it starts what somebody else may have put there. */
    @ParameterizedTest
    @ValueSource(strings = {"agent.jar", "bin/java", "FILES", "lib/more", "link", "version"})
    void releaseThatWasAlteredIsNotStartedByRoot(String altered) throws Exception {
        assertTaken();
        var place = new AgentUpdate.Home(home.resolve("package"), true, PLATFORM);
        now = vendor.expires.plus(Duration.ofDays(900)); // no clock is asked
        ReleaseCheck.require(folder("0.1.0"), "0.2.0", place, memory);
        Files.writeString(home.resolve("releases/0.2.0/agent.aot"), "made here");
        ReleaseCheck.require(folder("0.1.0"), "0.2.0", place, memory);
        Path file = home.resolve("releases/0.2.0").resolve(altered);

        if (altered.equals("link")) {
            Files.createSymbolicLink(file, home);
        } else if (altered.equals("version")) {
            Files.delete(file);
        } else {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "altered");
        }

        assertThatThrownBy(() -> ReleaseCheck.require(folder("0.1.0"), "0.2.0", place, memory))
                .isInstanceOf(ReleaseRefused.class);
        assertThatThrownBy(() -> ReleaseCheck.require(folder("0.1.0"), "0.4.0", place, memory))
                .isInstanceOf(ReleaseRefused.class);
        assertThat(Files.exists(home.resolve("releases/0.2.0"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }
}
