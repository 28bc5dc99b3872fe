package dev.nuxari.agent.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import dev.nuxari.protocol.agent.ValueType.PackageVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Brings an installed package to a version that the host's own sources have and have signed. Nothing is removed for it, nothing
 * becomes older, and changed settings stay.
 */
final class PackageUpdate implements Action {
    private static final int LARGEST_STATUS = 64 * 1024 * 1024;

    private final HostRoot root;
    private final Program aptGet;

    PackageUpdate(HostRoot root, Path aptGet) {
        this.root = root;
        this.aptGet = Program.at(aptGet).with("DEBIAN_FRONTEND", "noninteractive");
    }

    @Override
    public ActionType type() {
        return ActionType.PACKAGE_UPDATE;
    }

    @Override
    public Sight look(Json.Obj parameters) {
        return Looking.at(() -> installed(parameters.string("package"))
                .map(version -> new Sight.Seen(
                        version.equals(parameters.string("version")),
                        Summary.of(SummaryKind.PACKAGE, "version", version))));
    }

    private Optional<String> installed(String name) throws IOException {
        for (String paragraph : status().split("\n\n", -1)) {
            if (paragraph.startsWith("Package: " + name + "\n")
                    && paragraph.contains("\nStatus: install ok installed\n")) {
                return paragraph
                        .lines()
                        .filter(line -> line.startsWith("Version: "))
                        .map(line -> line.substring("Version: ".length()))
                        .filter(PackageVersion::is)
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    private String status() throws IOException {
        try (InputStream in = Files.newInputStream(root.resolve("/var/lib/dpkg/status"))) {
            return new String(in.readNBytes(LARGEST_STATUS), UTF_8);
        }
    }

    @Override
    public Optional<Failure> perform(Json.Obj parameters) {
        return aptGet.run(List.of(
                "install",
                "--yes",
                "--quiet",
                "--only-upgrade",
                "--no-remove",
                "--no-install-recommends",
                "--option=Dpkg::Options::=--force-confdef",
                "--option=Dpkg::Options::=--force-confold",
                "--option=DPkg::Lock::Timeout=30",
                "--option=APT::Get::AllowUnauthenticated=false",
                parameters.string("package") + "=" + parameters.string("version")));
    }

    @Override
    public boolean undo(Json.Obj parameters, Summary before) {
        return false;
    }
}
