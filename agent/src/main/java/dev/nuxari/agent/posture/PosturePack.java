package dev.nuxari.agent.posture;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.agent.observe.Collector;
import dev.nuxari.agent.observe.HostFiles;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.protocol.Located;
import dev.nuxari.protocol.agent.Observations;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import dev.nuxari.protocol.agent.ValueType.Identifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A named, versioned list of checks. */
public final class PosturePack implements Collector {
    private static final String BUILT_IN = "linux-posture.json";

    private final Json.Obj json;
    private final String name;
    private final int version;
    private final String benchmark;
    private final List<Check> checks;

    private PosturePack(Located pack) {
        pack.requireMembers("v", "name", "version", "benchmark", "checks");
        if (pack.integer("v") != 1) {
            throw pack.refuse("v", "this agent reads version 1");
        }
        this.json = pack.value();
        this.name = pack.string("name");
        this.version = pack.number("version");
        this.benchmark = pack.string("benchmark");
        this.checks = pack.objects("checks").stream().map(Check::parse).toList();
        // One summary is the evidence's.
        if (!Identifier.is(name) || version < 1 || checks.isEmpty() || checks.size() >= Observations.MOST) {
            throw pack.refuse(
                    "checks", "a pack has a name, a version, and up to %d checks".formatted(Observations.MOST - 1));
        }
        if (checks.stream().map(Check::id).distinct().count() != checks.size()) {
            throw pack.refuse("checks", "an id stands twice");
        }
    }

    /**
     * Reads a pack.
     *
     * @throws JsonException if anything in it is not understood
     */
    public static PosturePack parse(Json.Obj json) {
        return new PosturePack(Located.root(json));
    }

    /** The pack that came with this release. */
    public static PosturePack builtIn() {
        try (InputStream in = PosturePack.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException("this release has lost its pack");
            }
            return parse(Json.parseObject(new String(in.readAllBytes(), UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Json.Obj json() {
        return json;
    }

    List<Check> checks() {
        return checks;
    }

    String benchmark() {
        return benchmark;
    }

    @Override
    public String source() {
        return name;
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public List<Summary> look(HostFiles files, Instant now) {
        return verdicts(files).stream()
                .map(verdict -> Summary.of(
                        SummaryKind.POSTURE_CHECK,
                        "check",
                        verdict.check(),
                        "version",
                        verdict.version(),
                        "result",
                        Spelling.of(verdict.result())))
                .toList();
    }

    /** What each check came to, in the pack's order. */
    public List<Verdict> verdicts(HostFiles files) {
        return checks.stream()
                .map(check -> new Verdict(check.id(), check.version(), check.title(), check.judge(files)))
                .toList();
    }

    /** What one check came to. */
    public record Verdict(String check, int version, String title, Result result) {}
}
