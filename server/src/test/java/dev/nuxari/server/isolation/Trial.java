package dev.nuxari.server.isolation;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.ServedRoutes.Served;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes attempts over HTTP, and finds out what came of them. */
final class Trial {
    /**
     * Addresses, ids, hashes, signatures and times; the ids of keys, which are hashes of whose they are; and how far the log is,
     * which grows when an export is asked for.
     */
    private static final Pattern OF_THE_MOMENT = Pattern.compile(
            "\"instance\":\"[^\"]*\"|(?<=\"checkpoint\":\")[^\"]*|(?<=\"(inclusionProof|right)\":\\[)[^]]*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
                    + "|(?<=\"keyId\":\")[0-9a-f]{8}|[0-9a-f]{32,64}|[A-Za-z0-9+/_-]{80,}=*|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

    private final Layers layers;
    private final PrivateDatabase database;
    private final Rows rows;
    private final Population own;
    private final Population other;
    private final Set<String> ownValues;

    Trial(Layers layers, PrivateDatabase database, Population own, Population other) {
        this.layers = layers;
        this.database = database;
        this.rows = new Rows(database);
        this.own = own;
        this.other = other;
        this.ownValues = rows.values(own.id());
    }

    /** What an attempt achieved, and how it was answered. */
    record Result(Set<Verb> achieved, String answer) {
        Result {
            achieved = Set.copyOf(achieved);
        }
    }

    void set(Setting setting) {
        database.walls(setting.on().contains(Layer.DATABASE));
        database.keysAndTriggers(setting.keysAndTriggers());
    }

    /** Whoever has a right to it is answered: what stops others is no accident. */
    String control(Served route, Case known, Setting setting) {
        Target target = known.aim().at(other, other.owner());
        Lapse lapse = new Lapse.AskedIsBound();
        return spelled(send(new Call(other, other.id(), route, target), setting, lapse));
    }

    Result run(Attempt attempt, Setting setting) {
        Target target = attempt.target().get();
        Telling known = telling(attempt);
        String before = rows.digest(other.id());
        long since = rows.now();

        Answer answer = send(attempt, target, setting);

        Set<Verb> achieved = EnumSet.noneOf(Verb.class);
        add(
                achieved,
                Verb.READ,
                known.isToldBy(answer, target) || telling(attempt).isToldBy(answer, target));
        add(achieved, Verb.WRITE, !rows.digest(other.id()).equals(before));
        add(achieved, Verb.LINK, rows.mentions(own.id(), target.ids(), since));
        add(achieved, Verb.COUNT, attempt.crossing() == Crossing.NO_ID && items(answer) > ownItems(attempt));
        add(achieved, Verb.GUESS, guesses(attempt, setting) && differs(attempt, setting, target, answer));
        return new Result(achieved, spelled(answer));
    }

    /** How the same rule answers when only one organization is there. */
    String likewise(Attempt.Bar bar, Attempt attempt, Setting setting) {
        return spelled(send(attempt, bar.likewise().get(), setting));
    }

    private static void add(Set<Verb> achieved, Verb verb, boolean done) {
        if (done) {
            achieved.add(verb);
        }
    }

    /**
     * What tells that the other organization was read.
     *
     * @param values those of its rows
     * @param innocent those of one's own, which are no secret
     * @param log one's own, if the attempt is about it
     */
    private record Telling(Set<String> values, Set<String> innocent, String log) {
        /** Whether an answer says what stands in the other organization's rows only, and was not said in the request. */
        boolean isToldBy(Answer answer, Target target) {
            return values.stream()
                    .filter(answer.body()::contains)
                    .anyMatch(value -> !innocent.contains(value) && !target.says(value) && !log.contains(value));
        }
    }

    private Telling telling(Attempt attempt) {
        return new Telling(rows.values(other.id()), ownValues, attempt.isAboutTheLog() ? rows.log(own.id()) : "");
    }

    private int ownItems(Attempt attempt) {
        return items(send(attempt, attempt.target().get(), new Setting("all", EnumSet.allOf(Layer.class), false)));
    }

    private static int items(Answer answer) {
        if (answer.status() != 200) {
            return 0;
        }
        return answer.items().size();
    }

    /** With nothing on, the twin would leave rows of nobody; it is sent where it has to show a difference. */
    private static boolean guesses(Attempt attempt, Setting setting) {
        return setting.alone().isPresent() || attempt.expected().contains(Verb.GUESS);
    }

    /** Whether the answer tells that there is such an object: the one for an id of nobody is another. */
    private boolean differs(Attempt attempt, Setting setting, Target target, Answer answer) {
        boolean foreignPath = attempt.crossing() == Crossing.FOREIGN_PATH;
        if (!foreignPath && target.ids().isEmpty()) {
            return false;
        }
        OrganizationId nobody = foreignPath ? new OrganizationId(UUID.randomUUID()) : own.id();
        Target unknown = target.unknown();
        Call twin = new Call(own, nobody, attempt.route(), unknown);
        return !lasting(send(twin, setting, attempt.lapse()), unknown).equals(lasting(answer, target));
    }

    private static String lasting(Answer answer, Target target) {
        String lasting = OF_THE_MOMENT.matcher(answer.body()).replaceAll("?");
        for (String id : target.ids()) {
            lasting = lasting.replaceAll("\\b" + id + "\\b", "?");
        }
        return answer.status() + " " + lasting;
    }

    private Answer send(Attempt attempt, Target target, Setting setting) {
        OrganizationId path = attempt.crossing() == Crossing.FOREIGN_PATH ? other.id() : own.id();
        return send(new Call(own, path, attempt.route(), target), setting, attempt.lapse());
    }

    private record Call(Population by, OrganizationId organization, Served route, Target target) {
        String path() {
            String path = route.pattern().replace("{organizationId}", organization.toString());
            for (String id : target.pathIds()) {
                path = path.replaceFirst("\\{\\*?\\w+}", id);
            }
            return path + target.query();
        }
    }

    private Answer send(Call call, Setting setting, Lapse lapse) {
        TestHttp.Session session = call.by().as(Role.OWNER);
        for (Map.Entry<String, String> header : call.target().headers().entrySet()) {
            session = session.with(header.getKey(), header.getValue());
        }
        layers.only(setting.on(), lapse);
        try {
            String method = call.route().method();
            String body = call.target().body();
            return method.equals("POST") && body != null
                    ? session.post(call.path(), body)
                    : session.send(method, call.path(), body);
        } finally {
            layers.all();
        }
    }

    private static String spelled(Answer answer) {
        return answer.status() < 400 ? Integer.toString(answer.status()) : answer.status() + " " + answer.problem();
    }
}
