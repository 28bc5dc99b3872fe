package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.CollectedLog.Entry;
import dev.nuxari.protocol.EvidenceCollectionVerification.Contents;
import dev.nuxari.protocol.EvidenceCollectionVerification.Refuted;
import dev.nuxari.protocol.EvidenceCollectionVerification.Verified;
import dev.nuxari.protocol.EvidenceSelector.Account;
import dev.nuxari.protocol.EvidenceSelector.Anything;
import dev.nuxari.protocol.EvidenceSelector.Connector;
import dev.nuxari.protocol.EvidenceSelector.Control;
import dev.nuxari.protocol.EvidenceVerification.Trust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A collection holds every package of its period, and nobody who leaves one out, adds one or moves a boundary gets through. */
@Claim({"A1", "V4"})
class EvidenceCollectionVerifierTest {
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);
    private static final CollectedLog LOG = new CollectedLog(NOTARY);
    private static final EvidenceSelector PERIOD = CollectedLog.selector(new Anything());
    private static final EvidenceSelector ADA = CollectedLog.selector(new Account(CollectedLog.CONNECTOR + "/ada"));
    private static final byte[] GENUINE = LOG.collected(PERIOD, 4, 16);
    private static final byte[] OF_ADA = LOG.collected(ADA, 4, 16);

    @Test
    void everythingOfAPeriodIsVerified() {
        assertThat(EvidenceCollection.claims(GENUINE)).isTrue();
        assertThat(verify(GENUINE)).isInstanceOfSatisfying(Verified.class, verified -> {
            assertThat(verified.trust()).isEqualTo(Trust.KEYS_OF_THE_PACKAGE);
            assertThat(verified.summary())
                    .isEqualTo(new EvidenceCollectionVerification.Summary(
                            PERIOD,
                            new Contents(5, 15, 0, 4, 0),
                            NOTARY.origin(),
                            CollectedLog.SIZE,
                            NOTARY.manifest().fingerprint()));
        });
    }

    @Test
    void selectionShowsOfEveryOtherPackageWhatItIsAbout() {
        assertThat(contents(OF_ADA)).isEqualTo(new Contents(5, 15, 0, 2, 2));
        assertThat(contents(selected(new Account(CollectedLog.CONNECTOR + "/nobody"))))
                .isEqualTo(new Contents(5, 15, 0, 0, 4));
        assertThat(contents(selected(new Connector(ConnectorId.parse(CollectedLog.CONNECTOR)))))
                .isEqualTo(new Contents(5, 15, 0, 4, 0));
        assertThat(contents(selected(new Connector(new ConnectorId(UUID.randomUUID())))))
                .isEqualTo(new Contents(5, 15, 0, 0, 4));
        assertThat(contents(selected(new Control(EvidenceControl.AC_5)))).isEqualTo(new Contents(5, 15, 0, 4, 0));
    }

    private static byte[] selected(EvidenceSelector.About about) {
        return LOG.collected(CollectedLog.selector(about), 4, 16);
    }

    @Test
    void periodWithoutAPackageIsProvenToBeEmpty() {
        var quiet = new EvidenceSelector(CollectedLog.minute(7), CollectedLog.minute(9), new Anything());
        assertThat(contents(LOG.collected(quiet, 6, 10))).isEqualTo(new Contents(7, 9, 0, 0, 0));

        var moment = new EvidenceSelector(
                CollectedLog.minute(7).plusMillis(1), CollectedLog.minute(7).plusMillis(2), new Anything());
        assertThat(contents(LOG.collected(moment, 7, 9))).isEqualTo(new Contents(8, 8, 0, 0, 0));

        var beforeAnything = new EvidenceSelector(CollectedLog.minute(-2), CollectedLog.minute(-1), new Anything());
        assertThat(contents(LOG.collected(beforeAnything, 0, 1))).isEqualTo(new Contents(0, 0, 0, 0, 0));
    }

    @Test
    void periodMayBeginWithTheLog() {
        var all = new EvidenceSelector(CollectedLog.minute(-5), CollectedLog.minute(23), new Anything());
        assertThat(contents(LOG.collected(all, 0, 24))).isEqualTo(new Contents(0, 23, 0, 6, 0));

        var allButTheFirst = new EvidenceSelector(CollectedLog.minute(1), CollectedLog.minute(23), new Anything());
        assertThat(contents(LOG.collected(allButTheFirst, 0, 24))).isEqualTo(new Contents(1, 23, 0, 6, 0));
    }

    @Test
    void trustedRootDecidesWhoseKeysCount() {
        assertThat(verify(GENUINE, Optional.of(NOTARY.manifest())))
                .isInstanceOfSatisfying(
                        Verified.class, verified -> assertThat(verified.trust()).isEqualTo(Trust.TRUSTED_ROOT));

        Notary other = new Notary(RecordedWorkflow.ORGANIZATION);
        byte[] forged = new CollectedLog(other).collected(PERIOD, 4, 16);
        assertThat(verify(forged)).isInstanceOf(Verified.class);
        refuted(forged, Optional.of(NOTARY.manifest()), "trusted-root");
    }

    @Nested
    class Omitted {
        @Test
        void packageIsMissed() {
            refuted(LOG.collected(PERIOD, 4, 16, except(9, writer -> writer.entry(LOG.event(9)))), "packages");
        }

        @Test
        void packageWhoseLineIsLeftOutIsMissed() {
            refuted(without(GENUINE, 6), "entries");
        }

        @Test
        void lastLineIsMissed() {
            refuted(without(GENUINE, lines(GENUINE).size() - 1), "lines");
        }

        @Test
        void packageOfTheAccountIsMissedThoughItsPlanIsShown() {
            byte[] file = LOG.collected(
                    ADA, 4, 16, except(ADA, 12, writer -> writer.sealingOther(LOG.event(12), LOG.plan(12))));

            refuted(file, "packages");
        }

        @Test
        void packageIsMissedThoughTheSealingIsSaidToHaveFailed() {
            Obj event = LOG.event(9).with("outcome", "failed");

            refuted(LOG.collected(PERIOD, 4, 16, except(9, writer -> writer.entry(event))), "range-proof");
        }

        @Test
        void planOfAnotherPackageShowsNothing() {
            byte[] file = LOG.collected(
                    ADA, 4, 16, except(ADA, 12, writer -> writer.sealingOther(LOG.event(12), LOG.plan(9))));

            refuted(file, "packages");
        }

        @Test
        void planThatWasChangedShowsNothing() {
            Obj plan = Json.parseObject(LOG.plan(12).canonical().replace("\"ada\"", "\"bob\""));
            byte[] file =
                    LOG.collected(ADA, 4, 16, except(ADA, 12, writer -> writer.sealingOther(LOG.event(12), plan)));

            refuted(file, "packages");
        }

        @Test
        void entryOfThePeriodIsMissedWithAProofOfFewer() {
            refuted(LOG.collected(PERIOD, LOG.log.proof(4, 15), LOG.honest(PERIOD, 4, 15)), "period");
            refuted(LOG.collected(PERIOD, LOG.log.proof(5, 16), LOG.honest(PERIOD, 5, 16)), "period");
        }
    }

    @Nested
    class Added {
        @Test
        void packageThatWasNotSelectedIsNoticed() {
            byte[] file =
                    LOG.collected(ADA, 4, 16, except(ADA, 9, writer -> writer.sealing(LOG.event(9), LOG.packaged(9))));

            refuted(file, "packages");
        }

        @Test
        void packageThatNoEventSealsIsNoticed() {
            byte[] file =
                    LOG.collected(PERIOD, 4, 16, except(8, writer -> writer.sealing(LOG.event(8), LOG.packaged(9))));

            refuted(file, "lines");
        }

        @Test
        void entryThatIsNotInTheLogIsNoticed() {
            refuted(
                    LOG.collected(
                            PERIOD,
                            4,
                            16,
                            except(8, writer -> writer.entry(LOG.event(8).with("action", "x.z")))),
                    "range-proof");
        }

        @Test
        void lineAfterTheLastIsNoticed() {
            String twice = new String(GENUINE, UTF_8) + lines(GENUINE).getLast() + "\n";

            refuted(twice.getBytes(UTF_8), "lines");
        }

        @Test
        void entriesBeyondThePeriodAreNoticed() {
            refuted(LOG.collected(PERIOD, 3, 16), "period");
            refuted(LOG.collected(PERIOD, 4, 17), "period");
        }
    }

    @Nested
    class Swapped {
        @Test
        void packageOfAnotherEventIsNoticed() {
            byte[] file =
                    LOG.collected(PERIOD, 4, 16, except(6, writer -> writer.sealing(LOG.event(6), LOG.packaged(12))));

            refuted(file, "packages");
        }

        @Test
        void entriesInAnotherOrderAreNoticed() {
            List<String> moved = new ArrayList<>(lines(GENUINE));
            moved.add(3, moved.remove(4));

            refuted(joined(moved), "entries");
        }

        @Test
        void packageThatDoesNotVerifyIsRefuted() {
            byte[] changed = new String(LOG.packaged(9), UTF_8)
                    .replace("Fits the job", "fits the job")
                    .getBytes(UTF_8);

            refuted(
                    LOG.collected(PERIOD, 4, 16, except(9, writer -> writer.sealing(LOG.event(9), changed))),
                    "validity");
        }

        @Test
        void packageOfAnotherOrganizationIsRefuted() {
            CollectedLog theirs = new CollectedLog(new Notary(new OrganizationId(UUID.randomUUID())));
            byte[] withTheirs =
                    LOG.collected(PERIOD, 4, 16, except(9, writer -> writer.sealing(LOG.event(9), theirs.packaged(9))));
            byte[] withTheirEvent = LOG.collected(
                    PERIOD, 4, 16, except(9, writer -> writer.sealing(theirs.event(9), theirs.packaged(9))));

            refuted(withTheirs, "validity");
            refuted(withTheirEvent, "entries");
        }

        @Test
        void packageSignedWithOtherKeysOfTheSameNameIsRefuted() {
            CollectedLog forger = new CollectedLog(new Notary(RecordedWorkflow.ORGANIZATION));

            refuted(
                    LOG.collected(PERIOD, 4, 16, except(9, writer -> writer.sealing(LOG.event(9), forger.packaged(9)))),
                    "validity");
        }
    }

    @Nested
    class TheFirstLine {
        @Test
        void boundariesCannotBeMovedByAnEntry() {
            refuted(head(GENUINE, head -> selector(head, s -> s.with("from", CollectedLog.minute(4)))), "period");
            refuted(head(GENUINE, head -> selector(head, s -> s.with("from", CollectedLog.minute(6)))), "period");
            refuted(head(GENUINE, head -> selector(head, s -> s.with("to", CollectedLog.minute(14)))), "period");
            refuted(head(GENUINE, head -> selector(head, s -> s.with("to", CollectedLog.minute(16)))), "period");
        }

        @Test
        void periodThatIsNotOverCannotBeShown() {
            var open = new EvidenceSelector(CollectedLog.minute(5), CollectedLog.minute(60), new Anything());

            refuted(LOG.collected(open, 4, 24), "period");
        }

        @Test
        void whatIsSelectedCannotBeChanged() {
            refuted(head(OF_ADA, head -> selector(head, s -> s.without("account"))), "packages");
            refuted(
                    head(OF_ADA, head -> selector(head, s -> s.with("account", CollectedLog.CONNECTOR + "/bob"))),
                    "packages");
            refuted(head(OF_ADA, head -> selector(head, s -> s.with("control", "ac-5"))), "members");
            refuted(head(GENUINE, head -> selector(head, s -> s.with("control", "ac-1"))), "members");
            refuted(head(GENUINE, head -> selector(head, s -> s.with("colour", "red"))), "members");
        }

        @Test
        void checkpointCannotBeChanged() {
            refuted(head(GENUINE, head -> head.with("checkpoint", "")), "checkpoint");
            refuted(
                    head(
                            GENUINE,
                            head -> head.with(
                                    "checkpoint", head.string("checkpoint").replace("\n24\n", "\n25\n"))),
                    "checkpoint");
            CollectedLog another = new CollectedLog(NOTARY, Map.of(7, "ada"), Map.of());
            String valid = another.log.checkpoint(NOTARY.origin()).encoded();
            refuted(head(GENUINE, head -> head.with("checkpoint", valid)), "range-proof");
        }

        @Test
        void checkpointOfAnotherLogIsRefuted() {
            String elsewhere = LOG.log
                    .checkpoint("nuxari.example/log/" + UUID.randomUUID())
                    .encoded();

            refuted(head(GENUINE, head -> head.with("checkpoint", elsewhere)), "checkpoint");
        }

        @Test
        void keysOfAnotherOrganizationAreRefuted() {
            KeyManifest others = new Notary(new OrganizationId(UUID.randomUUID())).manifest();

            refuted(head(GENUINE, head -> head.with("keys", others.json())), "key-manifest");
        }

        @Test
        void rangeIsOneOfTheLog() {
            refuted(head(GENUINE, head -> range(head, r -> r.with("end", 25))), "range");
            refuted(head(GENUINE, head -> range(head, r -> r.with("end", 4))), "range");
            refuted(head(GENUINE, head -> range(head, r -> r.with("begin", -1))), "range");
            refuted(head(GENUINE, head -> range(head, r -> r.with("begin", 3))), "range");
            refuted(head(GENUINE, head -> range(head, r -> r.with("left", List.of("00")))), "range");
            refuted(head(GENUINE, head -> range(head, r -> r.with("right", List.of()))), "range-proof");
        }
    }

    /** The order is the log's; a clock that went back hides nothing. */
    @Nested
    class AClockThatWentBack {
        /** Entry 9 is dated 20 minutes early, and entry 17 five minutes, which is within the period. */
        private final CollectedLog log =
                new CollectedLog(NOTARY, Map.of(9, "bob", 17, "ada", 20, "ada"), Map.of(9, -20, 17, -5));

        @Test
        void packageBetweenTheBoundariesIsDemandedWhateverItsDate() {
            assertThat(contents(log.collected(PERIOD, 4, 19))).isEqualTo(new Contents(5, 18, 3, 2, 0));
            refuted(log.collected(PERIOD, 4, 19, (writer, index) -> writer.entry(log.event(index))), "packages");
        }

        @Test
        void periodThatEndsBeforeTheClockWentBackHandsOverToTheNext() {
            var next = new EvidenceSelector(CollectedLog.minute(15), CollectedLog.minute(22), new Anything());

            assertThat(contents(log.collected(PERIOD, 4, 16))).isEqualTo(new Contents(5, 15, 1, 1, 0));
            assertThat(contents(log.collected(next, 14, 23))).isEqualTo(new Contents(15, 22, 1, 2, 0));
        }
    }

    @Test
    void anyByteChangedIsNoticed() {
        IntStream.range(0, GENUINE.length / 499).parallel().forEach(i -> {
            int offset = i * 499;
            byte[] changed = GENUINE.clone();
            changed[offset] ^= (byte) (1 << (offset % 7));
            explained(changed, offset);
        });
    }

    @Property(tries = 25)
    void anyByteLeftOutAndAnyEndCutOffIsNoticed(@ForAll int seed) {
        int offset = Math.floorMod(seed, GENUINE.length);
        byte[] shorter = Arrays.copyOf(GENUINE, GENUINE.length - 1);
        System.arraycopy(GENUINE, offset + 1, shorter, offset, shorter.length - offset);

        explained(shorter, offset);
        explained(Arrays.copyOf(GENUINE, offset), offset);
    }

    @Property(tries = 100)
    void whateverIsNoCollectionIsRefutedWithAReason(@ForAll byte[] bytes) {
        explained(bytes, 0);
    }

    @Test
    void lineWithoutEndIsRefutedBeforeItIsKept() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return '[';
            }
        };

        assertThat(EvidenceCollection.claims(new byte[EvidenceCollection.enough()]))
                .isFalse();
        assertThat(verify(endless, Optional.empty()))
                .isInstanceOfSatisfying(
                        Refuted.class,
                        refuted -> assertThat(refuted.first().name()).isEqualTo("lines"));
    }

    private interface Line {
        void write(EvidenceCollectionWriter writer) throws IOException;
    }

    private static Entry except(int index, Line line) {
        return except(PERIOD, index, line);
    }

    private static Entry except(EvidenceSelector selector, int index, Line line) {
        Entry honest = LOG.honest(selector, 4, 16);
        return (writer, at) -> {
            if (at == index) {
                line.write(writer);
            } else {
                honest.write(writer, at);
            }
        };
    }

    private static List<String> lines(byte[] file) {
        return new String(file, UTF_8).lines().toList();
    }

    private static byte[] joined(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(UTF_8);
    }

    private static byte[] without(byte[] file, int line) {
        List<String> fewer = new ArrayList<>(lines(file));
        fewer.remove(line);
        return joined(fewer);
    }

    private static byte[] head(byte[] file, UnaryOperator<Obj> change) {
        List<String> changed = new ArrayList<>(lines(file));
        changed.set(0, change.apply(Json.parseObject(changed.getFirst())).canonical());
        return joined(changed);
    }

    private static Obj selector(Obj head, UnaryOperator<Obj> change) {
        return head.with("selector", change.apply(head.object("selector")));
    }

    private static Obj range(Obj head, UnaryOperator<Obj> change) {
        return head.with("range", change.apply(head.object("range")));
    }

    private static Contents contents(byte[] file) {
        assertThat(verify(file)).isInstanceOf(Verified.class);
        return ((Verified) verify(file)).summary().contents();
    }

    private static EvidenceCollectionVerification verify(byte[] file) {
        return verify(file, Optional.empty());
    }

    private static EvidenceCollectionVerification verify(byte[] file, Optional<KeyManifest> root) {
        return verify(new ByteArrayInputStream(file), root);
    }

    private static EvidenceCollectionVerification verify(InputStream file, Optional<KeyManifest> root) {
        try {
            return EvidenceCollectionVerifier.verify(file, root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuted(byte[] file, String check) {
        refuted(file, Optional.empty(), check);
    }

    private static void refuted(byte[] file, Optional<KeyManifest> root, String check) {
        assertThat(verify(file, root))
                .isInstanceOfSatisfying(
                        Refuted.class,
                        refuted -> assertThat(refuted.first().name())
                                .as(refuted.first().result().toString())
                                .isEqualTo(check));
    }

    private static void explained(byte[] file, int offset) {
        assertThat(verify(file)).as("byte %d", offset).isInstanceOfSatisfying(Refuted.class, refuted -> {
            Check.Refuted why = (Check.Refuted) refuted.first().result();
            assertThat(why.reason()).isNotBlank();
            assertThat(why.where().length()).isLessThan(300);
        });
    }
}
