package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nuxari.kernel.Claim;
import dev.nuxari.protocol.agent.ActionType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Claim("E4")
class AgentPackageTest {
    private static final Pattern EXPOSURE = Pattern.compile("Overall exposure level for \\S+: ([0-9.]+)");
    private static final int NO_COPY_OF_THIS_MACHINE = 77;

    @TempDir
    private Path folder;

    private static void assume(boolean possible, String what) {
        if (!possible) {
            System.err.println("NOT SHOWN HERE: " + what);
        }
        assumeTrue(possible, what);
    }

    @Test
    void packageIsTheSameEachTimeAndLeavesNothingBehind() throws Exception {
        Packaging.assumePossible();
        assume(Packaging.isThere("dpkg-deb"), "a Debian package is made by dpkg-deb");
        // One makes its image, the other has been given one: both steps are shown by making each twice, and not more
        // often.
        String first = Packaging.run("package", folder.resolve("first").toString(), "none");
        String second = Packaging.run(
                "package",
                folder.resolve("second").toString(),
                "none",
                Packaging.image().toString());
        assertThat(Path.of(second)).hasSameBinaryContentAs(Path.of(first));

        assume(
                (Integer) Files.getAttribute(folder, "unix:uid") == 0 && Packaging.isThere("unshare"),
                "only root installs packages, on a copy of the machine");
        Process process =
                Packaging.start(Packaging.FOLDER.resolve("try-package").toString(), first);
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        int status = process.waitFor();
        assume(
                status != NO_COPY_OF_THIS_MACHINE,
                "this machine gives no copy of itself to install a package on: " + said);
        assertThat(said).endsWith("CLEAN\n");
        assertThat(status).isZero();
    }

    /** An action that nobody has thought of would fail on the host, and one that is no more would stay open. */
    @Test
    void eachActionHasItsOpeningInTheWalls() throws IOException {
        try (Stream<Path> files = Files.list(Packaging.FOLDER.resolve("sandbox"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(Stream.of(ActionType.values()).map(ActionType::spelled), Stream.of("observe"))
                                    .map(name -> name + ".conf")
                                    .toList());
        }
    }

    @Test
    void wallsAreHighUntilAnActionNeedsAnOpening() throws Exception {
        assume(Packaging.isThere("systemd-analyze"), "systemd-analyze judges the unit");
        assertThat(exposure("none")).isLessThan(2.0);
        for (ActionType type : ActionType.values()) {
            assertThat(exposure(type.spelled()))
                    .as(type.spelled())
                    .isLessThan(type == ActionType.PACKAGE_UPDATE ? 6.0 : 2.5);
        }
    }

    private double exposure(String opening) throws Exception {
        Path unit = Files.createDirectories(folder.resolve(opening)).resolve("nuxari-agent.service");
        Files.copy(Packaging.FOLDER.resolve("nuxari-agent.service"), unit);
        Path more = Packaging.FOLDER.resolve("sandbox").resolve(opening + ".conf");
        if (Files.exists(more)) {
            Path beside = Files.createDirectory(folder.resolve(opening).resolve("nuxari-agent.service.d"));
            Files.copy(more, beside.resolve(more.getFileName()));
        }
        Process process =
                Packaging.start("systemd-analyze", "security", "--offline=true", "--no-pager", unit.toString());
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        Matcher level = EXPOSURE.matcher(said);
        assertThat(level.find()).as(said).isTrue();
        return Double.parseDouble(level.group(1));
    }
}
