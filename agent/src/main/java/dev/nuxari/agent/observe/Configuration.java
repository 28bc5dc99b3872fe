package dev.nuxari.agent.observe;

import dev.nuxari.protocol.agent.Summary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reads how the host is configured, to keep it as evidence. All that it says is the digest that whoever keeps it adds. */
public final class Configuration implements Collector {
    private static final List<String> FILES = List.of(
            "/etc/passwd",
            "/etc/group",
            "/etc/shells",
            "/etc/login.defs",
            "/etc/sudoers",
            "/etc/sudoers.d/*",
            "/etc/ssh/sshd_config",
            "/etc/ssh/sshd_config.d/*.conf",
            "/etc/sysctl.conf",
            "/etc/sysctl.d/*.conf",
            "/etc/modprobe.d/*.conf",
            "/etc/pam.d/*",
            "/etc/security/*.conf",
            "/etc/audit/*.conf",
            "/etc/audit/rules.d/*.rules",
            "/etc/systemd/journald.conf",
            "/etc/systemd/timesyncd.conf",
            "/etc/chrony/chrony.conf",
            "/etc/apt/sources.list",
            "/etc/apt/sources.list.d/*",
            "/etc/apt/apt.conf.d/*",
            "/etc/crontab",
            "/etc/cron.d/*",
            "/etc/fstab",
            "/etc/hosts",
            "/etc/nsswitch.conf",
            "/etc/rsyslog.conf",
            "/etc/rsyslog.d/*.conf");

    @Override
    public String source() {
        return "linux-configuration";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public List<Summary> look(HostFiles files, Instant now) throws IOException {
        for (String path : files.matching(FILES)) {
            if (files.facts(path).filter(HostFiles.Facts::plain).isPresent()) {
                files.text(path);
            }
        }
        return List.of();
    }
}
