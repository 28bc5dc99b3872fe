package dev.nuxari.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.audit.LogStretches.NotOver;
import dev.nuxari.server.audit.LogStretches.Sought;
import dev.nuxari.server.audit.LogStretches.Stretch;
import dev.nuxari.server.audit.LogStretches.TooLong;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestOrganization;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Where a period is in the log, also when clocks went back. */
@ServerTest
@Claim("A1")
class LogStretchesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int PLENTY = 1000;

    @Autowired
    LogStretches stretches;

    @Autowired
    AuditStore store;

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    private TestOrganization organization = TestOrganization.fresh();

    @BeforeEach
    void freshOrganization() {
        organization = TestOrganization.fresh();
    }

    @Test
    void isShownWithItsNeighbours() {
        log(10, 20, 30, 40, 50);

        assertThat(find(20, 40)).isEqualTo(new Stretch(0, 4));
        assertThat(find(21, 31)).isEqualTo(new Stretch(1, 4));
        assertThat(find(5, 11)).isEqualTo(new Stretch(0, 2));
        assertThat(find(5, 50)).isEqualTo(new Stretch(0, 5));
    }

    @Test
    void isTwoNeighboursWhereNothingHappened() {
        log(10, 20, 30);

        assertThat(find(21, 29)).isEqualTo(new Stretch(1, 3));
        assertThat(find(1, 9)).isEqualTo(new Stretch(0, 1));
    }

    @Test
    void isNotOverUntilAnEntrySaysSo() {
        log(10, 20, 30);

        assertThat(find(15, 31)).isEqualTo(new NotOver());
        assertThat(find(31, 40)).isEqualTo(new NotOver());
        assertThat(find(15, 30)).isEqualTo(new Stretch(0, 3));
    }

    @Test
    void isNowhereInALogWithoutAnEntry() {
        assertThat(find(10, 20)).isEqualTo(new NotOver());
    }

    @Test
    void reachesAsFarAsAnyEntryThatIsDatedWithinIt() {
        log(10, 20, 99, 30, 40, 25, 50, 60);

        assertThat(find(20, 35)).isEqualTo(new Stretch(0, 7));
        assertThat(find(90, 95)).isEqualTo(new NotOver());
        assertThat(find(35, 45)).isEqualTo(new Stretch(3, 7));
    }

    @Test
    void isTooLongWithMoreEntriesThanAskedFor() {
        log(10, 20, 30, 40, 50);

        assertThat(find(20, 50, 3)).isEqualTo(new Stretch(0, 5));
        assertThat(find(20, 50, 2)).isEqualTo(new TooLong(Optional.of(at(40))));
        assertThat(find(20, 40, 2)).isEqualTo(new Stretch(0, 4));
    }

    @Test
    void isTooLongWhereAClockPulledItApart() {
        log(10, 20, 60, 61, 62, 21, 70);

        assertThat(find(20, 30, 5)).isEqualTo(new Stretch(0, 7));
        assertThat(find(20, 30, 4)).isEqualTo(new TooLong(Optional.empty()));
    }

    @Test
    void isWhatItsDefinitionSaysWhateverTheClocksDid() {
        Random random = new Random(20_261_127);
        int[] times = new int[60];
        for (int i = 0; i < times.length; i++) {
            times[i] = Math.max(1, i + random.nextInt(9) - 4);
        }
        log(times);
        for (int i = 0; i < 300; i++) {
            int from = random.nextInt(70);
            int to = from + 1 + random.nextInt(12);
            mustFit(times, from, to, find(from, to));
        }
    }

    private static void mustFit(int[] times, int from, int to, Sought sought) {
        if (!(sought instanceof Stretch(long begin, long end))) {
            assertThat(times[times.length - 1]).as("%d to %d", from, to).isLessThan(to);
            return;
        }
        int first = (int) begin;
        int last = (int) end - 1;
        for (int i = 0; i < times.length; i++) {
            if (times[i] >= from && times[i] < to) {
                assertThat(i)
                        .as("%d to %d", from, to)
                        .isGreaterThanOrEqualTo(first)
                        .isLessThan(last);
            }
        }
        assertThat(times[last]).as("%d to %d", from, to).isGreaterThanOrEqualTo(to);
        if (first > 0) {
            assertThat(times[first]).as("%d to %d", from, to).isLessThan(from);
        }
        int within = first > 0 || times[first] < from ? first + 1 : first;
        if (within < last) {
            assertThat(times[within]).as("%d to %d", from, to).isGreaterThanOrEqualTo(from);
            assertThat(times[last - 1]).as("%d to %d", from, to).isLessThan(to);
        }
    }

    private Sought find(int from, int to) {
        return find(from, to, PLENTY);
    }

    private Sought find(int from, int to, int most) {
        return stretches.find(organization.id(), auditor(), at(from), at(to), most);
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    /** Events of these times, one after the other, as nodes would have written them whose clocks differ. */
    private void log(int... seconds) {
        List<Unnumbered> events = Arrays.stream(seconds)
                .mapToObj(second -> Unnumbered.of(event(at(second))))
                .toList();
        scope.run(organization.id(), auditor(), () -> {
            store.append(events);
        });
    }

    private Json.Obj event(Instant at) {
        Caller caller = auditor();
        return Json.object(
                "v",
                1,
                "organizationId",
                organization.id(),
                Unnumbered.NUMBER,
                0,
                "id",
                UUID.randomUUID(),
                "at",
                at,
                "actor",
                Json.object("type", "member", "id", caller.id().id()),
                "action",
                "nothing.happen",
                "outcome",
                "succeeded",
                "target",
                Json.object("type", "nothing", "id", "none"));
    }

    private Caller auditor() {
        return organization.caller(doorkeeper, Role.AUDITOR);
    }
}
