package dev.nuxari.server.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.roles.Crowd.Seat;
import dev.nuxari.server.testing.ServerTest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextManager;

/**
 * Whatever the members of two organizations call, in whatever order: nobody rises by their own hand, no role comes from
 * somebody who could not give it, an owner stays, and the other organization is not touched. Everything goes over HTTP to a
 * server with its database.
 *
 * <p>A few thousand calls in every build, a hundred thousand with {@code ./nuxari test --all}.
 */
@ServerTest
class CallSequencePropertyTest {
    private static final int SEQUENCES = 40;
    private static final boolean LONG = Boolean.getBoolean("nuxari.all");
    private static final int CALLS = LONG ? 2_500 : 75;

    /** So that a server that refuses everything does not pass. */
    private static final Set<Call.Kind> SUCCEEDED = EnumSet.noneOf(Call.Kind.class);

    private static final TestContext SERVER = new TestContextManager(CallSequencePropertyTest.class).getTestContext();

    @SuppressWarnings("NullAway.Init") // jqwik calls start() before the first property
    private static RoleGround grounds;

    /** The server that the other tests of this JVM share. */
    @BeforeContainer
    static void start() {
        grounds = SERVER.getApplicationContext().getBean(RoleGround.class);
    }

    /** Spring does this for other engines. A server that nobody lets go goes on working on the timers of every later test. */
    @AfterContainer
    static void letGo() {
        SERVER.markApplicationContextUnused();
    }

    @Property(tries = SEQUENCES, shrinking = ShrinkingMode.BOUNDED)
    @Claim("T5")
    void nobodyRisesAndAnOwnerStays(@ForAll("sequences") List<Call> calls) {
        var crowd = new Crowd(grounds);
        for (Call call : calls) {
            List<Seat> before = crowd.seats();
            boolean succeeded = crowd.make(call, before);
            mustBeInOrder(call, succeeded, before, crowd.seats());
            if (succeeded) {
                SUCCEEDED.add(call.kind());
            }
        }
    }

    @AfterContainer
    static void everyKindOfCallHasSucceeded() {
        assertThat(SUCCEEDED).containsAll(expectedToSucceed()).doesNotContain(Call.Kind.ACROSS);
    }

    /** In a short run chance may leave out what needs a request that is still open and somebody who may close it. */
    private static Set<Call.Kind> expectedToSucceed() {
        Set<Call.Kind> expected = EnumSet.complementOf(EnumSet.of(Call.Kind.ACROSS));
        if (!LONG) {
            expected.removeAll(EnumSet.of(Call.Kind.DECISION, Call.Kind.CANCELLATION));
        }
        return expected;
    }

    private static void mustBeInOrder(Call call, boolean succeeded, List<Seat> before, List<Seat> after) {
        Seat actor = before.get(call.actor());
        assertThat(after).as(call.toString()).hasSameSizeAs(before);
        List<Seat> changed = new ArrayList<>(after);
        changed.removeAll(before);
        assertThat(changed.size()).as(call.toString()).isLessThanOrEqualTo(1);
        for (Seat now : changed) {
            Seat was = before.get(now.place());
            assertThat(now.place())
                    .as("only the member who is named changes: " + call)
                    .isEqualTo(call.member());
            assertThat(succeeded).as("what is refused changes nothing: " + call).isTrue();
            assertThat(was.organization()).as("nobody reaches across: " + call).isEqualTo(actor.organization());
            assertThat(mayMake(actor, was, now))
                    .as("%s made %s to %s", actor, was, now)
                    .isTrue();
        }
        for (int organization = 0; organization < Crowd.ORGANIZATIONS; organization++) {
            int one = organization;
            assertThat(after)
                    .as("an owner stays after " + call)
                    .anyMatch(seat -> seat.organization() == one && seat.isActive() && seat.role() == Role.OWNER);
        }
    }

    /** Said once more and otherwise than in the server. */
    private static boolean mayMake(Seat actor, Seat was, Seat now) {
        boolean ownersOnly = was.role() == Role.OWNER || now.role() == Role.OWNER;
        boolean entitled =
                actor.isActive() && (actor.role() == Role.OWNER || (actor.role() == Role.ADMIN && !ownersOnly));
        boolean stepsDown = was.role() == Role.OWNER
                && now.role() != Role.OWNER
                && was.state().equals(now.state());
        return entitled && (actor.place() != was.place() || stepsDown);
    }

    @Provide
    Arbitrary<List<Call>> sequences() {
        Arbitrary<Integer> place = Arbitraries.integers().between(0, Crowd.SEATS - 1);
        Arbitrary<Call.Kind> kind = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Call.Kind.ROLE)), Tuple.of(2, Arbitraries.of(Call.Kind.class)));
        return Combinators.combine(kind, place, place, Arbitraries.of(Role.class), Arbitraries.of(true, false))
                .as(Call::new)
                .list()
                .ofSize(CALLS);
    }

    /**
     * One call.
     *
     * @param actor whose it is, and {@code member} whom it is about
     * @param state whether a member is to be active
     */
    record Call(Kind kind, int actor, int member, Role role, boolean state) {
        enum Kind {
            ROLE,
            STATE,
            ROLE_AND_STATE,
            READ,
            POLICY,
            REQUEST,
            DECISION,
            CANCELLATION,
            ACROSS
        }

        String patch() {
            String role = "'role':'" + Spelling.of(role()) + "'";
            String state = "'state':'" + (state() ? "active" : "suspended") + "'";
            return switch (kind) {
                case ROLE, ACROSS -> "{" + role + "}";
                case STATE -> "{" + state + "}";
                default -> "{" + role + "," + state + "}";
            };
        }
    }
}
