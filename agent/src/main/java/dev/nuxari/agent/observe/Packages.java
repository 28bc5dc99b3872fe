package dev.nuxari.agent.observe;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is installed, by dpkg's own database. */
public final class Packages implements Collector {
    private static final String DATABASE = "/var/lib/dpkg/status";

    @Override
    public String source() {
        return "linux-packages";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Duration every() {
        return Duration.ofHours(24);
    }

    @Override
    public List<Summary> look(HostFiles files, Instant now) throws IOException {
        return installed(files).entrySet().stream()
                .map(found -> Json.object("name", found.getKey(), "version", found.getValue()))
                .filter(SummaryKind.INSTALLED_PACKAGE.shape()::admits)
                .map(values -> new Summary(SummaryKind.INSTALLED_PACKAGE, values))
                .toList();
    }

    /** The installed packages with their versions. */
    public static Map<String, String> installed(HostFiles files) throws IOException {
        Map<String, String> installed = new TreeMap<>();
        String name = "";
        boolean isInstalled = false;
        for (String line : files.lines(DATABASE)) {
            if (line.startsWith("Package: ")) {
                name = line.substring("Package: ".length());
                isInstalled = false;
            } else if (line.startsWith("Status: ")) {
                isInstalled = line.endsWith(" installed");
            } else if (isInstalled && line.startsWith("Version: ")) {
                installed.put(name, line.substring("Version: ".length()));
            }
        }
        return installed;
    }
}
