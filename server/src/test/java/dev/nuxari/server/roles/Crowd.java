package dev.nuxari.server.roles;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;

import dev.nuxari.kernel.Role;
import dev.nuxari.server.roles.CallSequencePropertyTest.Call;
import dev.nuxari.server.roles.RoleGround.Asked;
import dev.nuxari.server.roles.RoleGround.Ground;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestHttp.Session;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The members of two organizations, each with a number, and what they ask of the server. */
final class Crowd {
    static final int ORGANIZATIONS = 2;
    private static final int MEMBERS = Role.values().length + 1;
    static final int SEATS = ORGANIZATIONS * MEMBERS;

    private final List<Ground> grounds;
    private final List<TestMember> members = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private final Map<UUID, Integer> places = new HashMap<>();
    private final Map<Integer, Asked> latest = new HashMap<>();
    private final Map<Integer, Asked> own = new HashMap<>();

    /** Each organization has a member per role, and one owner more. */
    Crowd(RoleGround grounds) {
        this.grounds = Stream.generate(grounds::fresh).limit(ORGANIZATIONS).toList();
        for (Ground ground : this.grounds) {
            Stream.of(Role.values()).map(ground::member).forEach(member -> seat(ground, member));
            seat(ground, ground.organization().enrol("second", Role.OWNER));
        }
    }

    private void seat(Ground ground, TestMember member) {
        places.put(member.id().value(), members.size());
        sessions.add(ground.http().as(member));
        members.add(member);
    }

    /** A member as the database has them. */
    record Seat(int place, int organization, Role role, String state, int version) {
        boolean isActive() {
            return state.equals("active");
        }
    }

    List<Seat> seats() {
        return beyondTheWalls()
                .sql("SELECT member_id, role, state, version FROM member WHERE organization_id IN (?, ?)")
                .params(grounds.stream()
                        .map(ground -> ground.organization().id().value())
                        .toList())
                .query((row, _) -> {
                    int place = Optional.ofNullable(places.get(row.getObject("member_id", UUID.class)))
                            .orElseThrow();
                    return new Seat(
                            place,
                            place / MEMBERS,
                            Role.parse(row.getString("role")),
                            row.getString("state"),
                            row.getInt("version"));
                })
                .list()
                .stream()
                .sorted((one, other) -> Integer.compare(one.place(), other.place()))
                .toList();
    }

    /** Makes the call, and answers whether it had an effect, or showed something. */
    boolean make(Call call, List<Seat> seats) {
        int organization = call.actor() / MEMBERS;
        Ground ground = grounds.get(organization);
        Session actor = sessions.get(call.actor());
        TestMember member = members.get(call.member());
        String path = "/members/" + member.id();
        Session change = actor.with("If-Match", "\"" + seats.get(call.member()).version() + "\"");
        Answer answer = switch (call.kind()) {
            case ROLE, STATE, ROLE_AND_STATE -> change.patch(path, call.patch());
            case ACROSS ->
                change.patch(
                        "/api/v1/organizations/"
                                + grounds.get(1 - organization).organization().id() + path,
                        call.patch());
            case READ -> actor.get(path);
            case POLICY -> policy(actor);
            case REQUEST -> request(actor, ground, organization, call);
            case DECISION -> decision(actor, organization);
            case CANCELLATION -> cancellation(actor, organization, call);
        };
        return answer.status() < 300;
    }

    private static Answer policy(Session actor) {
        Answer policy = actor.get("/identity-policy");
        return actor.with("If-Match", policy.header("ETag").orElse("\"1\""))
                .send("PUT", "/identity-policy", TestPolicy.with("{'emailDomainAllowlist':['acme.example']}"));
    }

    private Answer request(Session actor, Ground ground, int organization, Call call) {
        Answer answer = actor.post("/requests", ground.wish(call.role()));
        if (answer.status() == 201) {
            Asked asked = Asked.of(answer.json());
            latest.put(organization, asked);
            own.put(call.actor(), asked);
        }
        return answer;
    }

    /** Nothing is granted: what is tried here is who may decide, not what comes of it. */
    private Answer decision(Session actor, int organization) {
        return actor.post(
                "/approvals/" + asked(organization).approval() + "/decisions", Ground.rejection(asked(organization)));
    }

    /** Of what the caller asked for, half of the time; chance alone would seldom find it. */
    private Answer cancellation(Session actor, int organization, Call call) {
        Asked asked = call.state() ? own.getOrDefault(call.actor(), asked(organization)) : asked(organization);
        return actor.post("/requests/" + asked.request() + "/cancellations", "{}");
    }

    /** What was asked for last in this organization; before that, nothing that exists. */
    private Asked asked(int organization) {
        String nothing = new UUID(0, 0).toString();
        return latest.getOrDefault(organization, new Asked(nothing, nothing, nothing, "a".repeat(64)));
    }
}
