package dev.nuxari.agent.posture;

import dev.nuxari.agent.observe.HostFiles;
import dev.nuxari.protocol.Located;
import dev.nuxari.protocol.agent.ValueType.Identifier;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One check of a pack.
 *
 * @param cis sections of the benchmark that the pack names
 * @param nist controls of NIST SP 800-53
 * @param when what has to be installed, else the check is not applicable
 */
record Check(
        String id,
        int version,
        Area area,
        String title,
        List<String> cis,
        List<String> nist,
        Optional<String> when,
        Probe probe) {
    Check {
        cis = List.copyOf(cis);
        nist = List.copyOf(nist);
    }

    static Check parse(Located json) {
        json.requireMembers(Stream.concat(
                        Stream.of("id", "version", "area", "title", "cis", "nist", "probe"),
                        json.value().has("when") ? Stream.of("when") : Stream.empty())
                .toArray(String[]::new));
        String id = json.string("id");
        if (!Identifier.is(id)) {
            throw json.refuse("id", "no identifier");
        }
        if (json.number("version") < 1) {
            throw json.refuse("version", "versions begin with 1");
        }
        return new Check(
                id,
                json.number("version"),
                json.constant("area", Area.class),
                json.string("title"),
                json.strings("cis"),
                json.strings("nist"),
                json.optionalString("when"),
                ProbeReader.read(json.object("probe")));
    }

    /** Never throws for what is on the host: that it could not look is a result. */
    Result judge(HostFiles files) {
        try {
            if (when.isPresent()
                    && !new Probe.Installed(List.of(when.get()), true)
                            .judge(files)
                            .equals(Result.PASS)) {
                return Result.NOT_APPLICABLE;
            }
            return probe.judge(files);
        } catch (IOException e) {
            return Result.ERROR;
        }
    }
}
