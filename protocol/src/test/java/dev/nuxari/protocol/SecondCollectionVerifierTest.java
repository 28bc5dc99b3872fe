package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.EvidenceCollectionVerification.Verified;
import dev.nuxari.protocol.EvidenceSelector.Account;
import dev.nuxari.protocol.EvidenceSelector.Anything;
import dev.nuxari.protocol.EvidenceSelector.Connector;
import dev.nuxari.protocol.EvidenceSelector.Control;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Two verifiers, one of them written from the description of the format alone, say the same of every collection. */
@Claim({"A1", "V4"})
class SecondCollectionVerifierTest {
    private static final Path VERIFIER = Path.of("..", "e2e", "verifier", "verify-collection.mjs");
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);
    private static final CollectedLog LOG = new CollectedLog(NOTARY);
    private static final EvidenceSelector PERIOD = CollectedLog.selector(new Anything());
    private static final EvidenceSelector ADA = CollectedLog.selector(new Account(CollectedLog.CONNECTOR + "/ada"));
    private static final byte[] GENUINE = LOG.collected(PERIOD, 4, 16);
    private static final byte[] OF_ADA = LOG.collected(ADA, 4, 16);

    /** The entry that replaces the log key: two packages of the period are sealed before it, and two after. */
    private static final int ROTATION = 10;

    private static final Notary LATER = NOTARY.rotated(sealedAt(), ROTATION);
    private static final CollectedLog ROTATED = new CollectedLog(NOTARY, ROTATION, LATER);

    @TempDir
    private Path folder;

    private record Answer(boolean verified, String output) {}

    @TestFactory
    Stream<DynamicTest> bothVerify() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("everything", GENUINE);
        files.put("one account", OF_ADA);
        files.put("an account without packages", selected(new Account(CollectedLog.CONNECTOR + "/nobody")));
        files.put("one system", selected(new Connector(ConnectorId.parse(CollectedLog.CONNECTOR))));
        files.put("a system without packages", selected(new Connector(new ConnectorId(UUID.randomUUID()))));
        files.put("one control", selected(new Control(EvidenceControl.AU_12)));
        files.put("the whole log", period(-5, 23, 0, 24));
        files.put("all but its first entry", period(1, 23, 0, 24));
        files.put("a time before anything", period(-2, -1, 0, 1));
        files.put("a quiet time", period(7, 9, 6, 10));
        files.put(
                "a clock that went back",
                new CollectedLog(NOTARY, Map.of(9, "bob", 17, "ada"), Map.of(9, -20, 17, -5)).collected(PERIOD, 4, 19));
        return eachTime(files, NOTARY.manifest(), true);
    }

    @TestFactory
    Stream<DynamicTest> bothRefute() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("a package left out of the middle", edited(6, line -> line.without("package")));
        files.put("its line left out", joined(without(6)));
        files.put(
                "its plan in its place",
                edited(6, line -> line.without("package").with("plan", LOG.plan(9))));
        files.put("the first entry left out", joined(without(1)));
        files.put("the last entry left out", joined(without(lines().size() - 1)));
        files.put("a stretch too short at its beginning", LOG.collected(PERIOD, LOG.log.proof(7, 16), honest(7, 16)));
        files.put("a stretch too short at its end", LOG.collected(PERIOD, LOG.log.proof(4, 14), honest(4, 14)));
        files.put("a stretch too long at its beginning", LOG.collected(PERIOD, 3, 16));
        files.put("a stretch too long at its end", LOG.collected(PERIOD, 4, 17));
        files.put("an earlier beginning", selector(s -> s.with("from", CollectedLog.minute(4))));
        files.put("a later beginning", selector(s -> s.with("from", CollectedLog.minute(6))));
        files.put("an earlier end", selector(s -> s.with("to", CollectedLog.minute(14))));
        files.put("a later end", selector(s -> s.with("to", CollectedLog.minute(16))));
        files.put("an end before the beginning", selector(s -> s.with("to", CollectedLog.minute(5))));
        files.put("another choice", selector(s -> s.with("account", CollectedLog.CONNECTOR + "/ada")));
        for (String none : List.of("ada", "ada/ada", CollectedLog.CONNECTOR + "/", CollectedLog.CONNECTOR, "/ada")) {
            files.put("no account: " + none, quiet(s -> s.with("account", none)));
        }
        files.put("a control that is none", selector(s -> s.with("control", "ac-1")));
        files.put("two choices", selector(s -> s.with("control", "ac-5").with("connectorId", CollectedLog.CONNECTOR)));
        files.put("a member too many", head(head -> head.with("note", "")));
        files.put("another range", range(r -> r.with("begin", 3)));
        files.put("too many hashes", range(r -> r.with("right", more(r.strings("right")))));
        files.put("too few hashes", range(r -> r.with("right", List.of())));
        files.put("another hash", range(r -> r.with("left", List.of("00".repeat(32)))));
        files.put(
                "an entry changed",
                edited(5, line -> line.with("event", LOG.event(8).with("action", "x.z"))));
        files.put(
                "an entry of nobody",
                edited(5, line -> line.with("event", LOG.event(8).without("sequence"))));
        files.put(
                "an empty line",
                new String(GENUINE, UTF_8).replaceFirst("\n", "\n\n").getBytes(UTF_8));
        files.put(
                "a line that is not canonical",
                new String(GENUINE, UTF_8).replaceFirst("\\{", "{ ").getBytes(UTF_8));
        files.put("a line twice", (new String(GENUINE, UTF_8) + lines().getLast() + "\n").getBytes(UTF_8));
        files.put("nothing", new byte[0]);
        files.put("the first line alone", (lines().getFirst() + "\n").getBytes(UTF_8));
        files.put("no end of the last line", Arrays.copyOf(GENUINE, GENUINE.length - 1));
        files.put("half of the file", Arrays.copyOf(GENUINE, GENUINE.length / 2));
        files.put("a line that is too long", "[".repeat((4 << 20) + 1).getBytes(UTF_8));
        files.put(
                "the key of somebody else",
                new CollectedLog(new Notary(RecordedWorkflow.ORGANIZATION)).collected(PERIOD, 4, 16));
        files.put(
                "another organization",
                new CollectedLog(new Notary(new OrganizationId(UUID.randomUUID()))).collected(PERIOD, 4, 16));
        return eachTime(files, NOTARY.manifest(), false);
    }

    /** JSON.parse takes it, and JSON.stringify writes it again as it was. */
    @Test
    void halfOfASurrogatePairIsNoText() {
        List<String> changed = new ArrayList<>(lines());
        changed.set(5, changed.get(5).replace("x.y", "\\ud800"));

        assertThat(both(joined(changed), Optional.empty())).isFalse();
        assertThat(second(joined(changed), Optional.empty()).output()).contains("half of a surrogate pair");
    }

    @Test
    void packageSealedWithAKeyOfSomebodyElseIsRefutedByBoth() {
        CollectedLog forger = new CollectedLog(new Notary(RecordedWorkflow.ORGANIZATION));
        byte[] file = edited(6, line -> line.with("package", Json.parseObject(text(forger.packaged(9)))));

        assertThat(both(file, Optional.empty())).isFalse();
    }

    @Test
    void collectionAcrossARotationIsVerifiedByBothWithTheNewestKeys() {
        byte[] file = ROTATED.collected(PERIOD, 4, 16);

        assertThat(keyVersions(file)).containsExactly(1L, 1L, 2L, 2L);
        assertThat(both(file, Optional.empty())).isTrue();
        assertThat(both(file, Optional.of(LATER.manifest()))).isTrue();
        assertThat(both(
                        file,
                        Optional.of(LATER.rotated(sealedAt(), CollectedLog.SIZE).manifest())))
                .as("once more replaced")
                .isTrue();
        assertThat(both(ROTATED.collected(ADA, 4, 16), Optional.of(LATER.manifest())))
                .isTrue();
    }

    @Test
    void collectionAcrossARotationIsNotVerifiedWithTheKeysBefore() {
        assertThat(both(ROTATED.collected(PERIOD, 4, 16), Optional.of(NOTARY.manifest())))
                .isFalse();
    }

    @Test
    void packageIsMissedOnEitherSideOfARotation() {
        for (int missing : List.of(6, 9, 12, 14)) {
            byte[] file = ROTATED.collected(PERIOD, 4, 16, (writer, index) -> {
                if (index == missing) {
                    writer.entry(ROTATED.event(index));
                } else {
                    ROTATED.honest(PERIOD, 4, 16).write(writer, index);
                }
            });

            assertThat(both(file, Optional.of(LATER.manifest())))
                    .as("without %d", missing)
                    .isFalse();
        }
    }

    /** Somebody has stolen the old key, and seals with it as if nothing had happened. */
    @Test
    void retiredKeySealsNothingBehindTheEntryThatReplacedIt() {
        CollectedLog stolen = new CollectedLog(NOTARY, ROTATION + 3, LATER);

        assertThat(both(stolen.collected(PERIOD, 4, 16), Optional.empty())).isFalse();
    }

    /** The old key was replaced when the log was shorter than the checkpoint says. */
    @Test
    void collectionUnderTheRetiredKeyIsVerifiedUpToItsSize() {
        KeyManifest inTime = NOTARY.rotated(sealedAt(), CollectedLog.SIZE).manifest();
        KeyManifest tooLate = NOTARY.rotated(sealedAt(), CollectedLog.SIZE - 1).manifest();

        assertThat(both(GENUINE, Optional.of(inTime))).isTrue();
        assertThat(both(GENUINE, Optional.of(tooLate))).isFalse();
    }

    private static Instant sealedAt() {
        return RecordedWorkflow.completed().header().sealedAt();
    }

    private static List<Long> keyVersions(byte[] file) {
        return text(file)
                .lines()
                .map(Json::parseObject)
                .filter(line -> line.has("package"))
                .map(line -> line.object("package").object("keys").integer("version"))
                .toList();
    }

    private Stream<DynamicTest> eachTime(Map<String, byte[]> files, KeyManifest root, boolean expected) {
        return files.entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getKey(),
                        () -> assertThat(both(file.getValue(), Optional.of(root)))
                                .isEqualTo(expected)));
    }

    /** What both say. */
    private boolean both(byte[] file, Optional<KeyManifest> root) {
        Answer second = second(file, root);
        assertThat(first(file, root)).as(second.output()).isEqualTo(second.verified());
        return second.verified();
    }

    private static boolean first(byte[] file, Optional<KeyManifest> root) {
        try {
            return EvidenceCollectionVerifier.verify(new ByteArrayInputStream(file), root) instanceof Verified;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer second(byte[] file, Optional<KeyManifest> root) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    "node",
                    VERIFIER.toString(),
                    Files.write(folder.resolve("collection.jsonl"), file).toString()));
            if (root.isPresent()) {
                byte[] keys = root.get().json().canonicalBytes();
                command.addAll(List.of(
                        "--trusted-root",
                        Files.write(folder.resolve("root.json"), keys).toString()));
            }
            Path output = folder.resolve("output");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(output);
            assertThat(process.exitValue()).as(said).isIn(0, 1);
            assertThat(said).contains(process.exitValue() == 0 ? "verified: " : "refuted: line ");
            return new Answer(process.exitValue() == 0, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] selected(EvidenceSelector.About about) {
        return LOG.collected(CollectedLog.selector(about), 4, 16);
    }

    private static byte[] period(int from, int to, int begin, int end) {
        var selector = new EvidenceSelector(CollectedLog.minute(from), CollectedLog.minute(to), new Anything());
        return LOG.collected(selector, begin, end);
    }

    private static CollectedLog.Entry honest(int begin, int end) {
        return LOG.honest(PERIOD, begin, end);
    }

    private static List<String> more(List<String> hashes) {
        List<String> more = new ArrayList<>(hashes);
        more.add(hashes.getFirst());
        return more;
    }

    private static List<String> lines() {
        return text(GENUINE).lines().toList();
    }

    private static String text(byte[] file) {
        return new String(file, UTF_8);
    }

    private static byte[] joined(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(UTF_8);
    }

    private static List<String> without(int line) {
        List<String> fewer = new ArrayList<>(lines());
        fewer.remove(line);
        return fewer;
    }

    /** One line of the genuine file changed: 0 is the first, 6 seals what was sealed at 9. */
    private static byte[] edited(int number, UnaryOperator<Obj> change) {
        List<String> changed = new ArrayList<>(lines());
        changed.set(number, change.apply(Json.parseObject(changed.get(number))).canonical());
        return joined(changed);
    }

    private static byte[] head(UnaryOperator<Obj> change) {
        return edited(0, change);
    }

    private static byte[] selector(UnaryOperator<Obj> change) {
        return head(head -> head.with("selector", change.apply(head.object("selector"))));
    }

    /** A time without packages, which no choice contradicts. */
    private static byte[] quiet(UnaryOperator<Obj> change) {
        List<String> lines = new ArrayList<>(text(period(7, 9, 6, 10)).lines().toList());
        Obj head = Json.parseObject(lines.getFirst());
        lines.set(
                0, head.with("selector", change.apply(head.object("selector"))).canonical());
        return joined(lines);
    }

    private static byte[] range(UnaryOperator<Obj> change) {
        return head(head -> head.with("range", change.apply(head.object("range"))));
    }
}
