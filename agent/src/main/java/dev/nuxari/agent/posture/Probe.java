package dev.nuxari.agent.posture;

import dev.nuxari.agent.observe.HostFiles;
import dev.nuxari.agent.observe.Packages;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One thing that can be looked at. These are all that a pack can ask for; none of them starts a program. */
sealed interface Probe {
    Result judge(HostFiles files) throws IOException;

    /** Files are root's, and nobody has more permission bits than these. A link is not what was asked for. */
    record FileAccess(List<String> paths, long atMost, boolean required) implements Probe {
        @Override
        public Result judge(HostFiles files) throws IOException {
            boolean any = false;
            for (String path : files.matching(paths)) {
                Optional<HostFiles.Facts> facts = files.facts(path);
                if (facts.isPresent() && !isGood(files, facts.get())) {
                    return Result.FAIL;
                }
                any |= facts.isPresent();
            }
            return any ? Result.PASS : required ? Result.FAIL : Result.NOT_APPLICABLE;
        }

        private boolean isGood(HostFiles files, HostFiles.Facts facts) {
            return !facts.link() && files.isSuperusers(facts) && (facts.mode() & ~atMost) == 0;
        }
    }

    /** A setting in a file has a good value, or its default is one. */
    record Setting(Syntax syntax, List<String> files, String key, Wanted wanted, Optional<String> fallback)
            implements Probe {
        @Override
        public Result judge(HostFiles host) throws IOException {
            return Result.of(syntax.value(host, files, key)
                    .or(() -> fallback)
                    .filter(wanted::admits)
                    .isPresent());
        }
    }

    /** A parameter of the kernel is good as it runs, and no file makes it another one; where none runs, a file has to say it. */
    record Kernel(String key, Wanted wanted) implements Probe {
        private static final List<String> FILES =
                List.of("/usr/lib/sysctl.d/*.conf", "/run/sysctl.d/*.conf", "/etc/sysctl.d/*.conf", "/etc/sysctl.conf");

        @Override
        public Result judge(HostFiles files) throws IOException {
            Optional<String> running =
                    files.text("/proc/sys/" + key.replace('.', '/')).map(String::strip);
            Optional<String> configured = Syntax.EQUALS.value(files, FILES, key);
            if (running.isEmpty() && configured.isEmpty()) {
                return files.facts("/proc/sys").isPresent() ? Result.NOT_APPLICABLE : Result.FAIL;
            }
            return Result.of(running.stream().allMatch(wanted::admits)
                    && configured.stream().allMatch(wanted::admits));
        }
    }

    /** One of these packages is installed, or none of them is. */
    record Installed(List<String> packages, boolean wanted) implements Probe {
        @Override
        public Result judge(HostFiles files) throws IOException {
            Set<String> installed = Packages.installed(files).keySet();
            return Result.of(packages.stream().anyMatch(installed::contains) == wanted);
        }
    }

    /** One of these units of systemd is started at boot. */
    record Enabled(List<String> units) implements Probe {
        private static final String FOLDER = "/etc/systemd/system";

        @Override
        public Result judge(HostFiles files) throws IOException {
            Set<String> started = new HashSet<>();
            for (String folder : files.matching(FOLDER + "/*.wants")) {
                started.addAll(files.names(folder));
            }
            for (String alias : files.names(FOLDER)) {
                // A link of a unit's own name is a mask or a replacement, which is looked at by nobody here.
                if (units.contains(alias)) {
                    started.remove(alias);
                }
            }
            return Result.of(units.stream().anyMatch(started::contains));
        }
    }

    /** Some line of the files has all these words, or none has. Words end at blanks, quotes, commas, semicolons, equals signs. */
    record Line(List<String> files, List<String> words, boolean present) implements Probe {
        @Override
        public Result judge(HostFiles host) throws IOException {
            boolean found = false;
            for (String path : host.matching(files)) {
                found |= host.lines(path).stream().anyMatch(this::has);
            }
            return Result.of(found == present);
        }

        private boolean has(String line) {
            String text = line.strip();
            return !text.startsWith("#")
                    && !text.startsWith("//")
                    && new HashSet<>(Arrays.asList(text.split("[\\s\"',;=()\\[\\]]+", -1))).containsAll(words);
        }
    }

    /** A module of the kernel cannot be loaded: its loading is another program, and it is not asked for by its kind either. */
    record Module(String name) implements Probe {
        private static final List<String> FILES =
                List.of("/usr/lib/modprobe.d/*.conf", "/run/modprobe.d/*.conf", "/etc/modprobe.d/*.conf");

        @Override
        public Result judge(HostFiles files) throws IOException {
            boolean replaced = false;
            for (String path : files.matching(FILES)) {
                for (String line : files.lines(path)) {
                    List<String> words = List.of(line.strip().split("\\s+", -1));
                    replaced |= words.size() >= 3
                            && words.get(0).equals("install")
                            && words.get(1).replace('-', '_').equals(name.replace('-', '_'))
                            && words.get(2).matches("(/usr)?/bin/(false|true)");
                }
            }
            boolean loaded = files.lines("/proc/modules").stream()
                    .anyMatch(line -> line.startsWith(name.replace('-', '_') + " "));
            return Result.of(replaced && !loaded);
        }
    }

    /** A file system of its own is mounted with an option; not applicable where there is none of its own. */
    record Mounted(String at, String option) implements Probe {
        @Override
        public Result judge(HostFiles files) throws IOException {
            List<String> mounts = files.lines("/proc/self/mounts");
            Result result = Result.NOT_APPLICABLE;
            for (String line : mounts.isEmpty() ? files.lines("/etc/fstab") : mounts) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields.length >= 4 && !line.startsWith("#") && fields[1].equals(at)) {
                    result =
                            Result.of(List.of(fields[3].toLowerCase(Locale.ROOT).split(",", -1))
                                    .contains(option));
                }
            }
            return result;
        }
    }

    /** A rule about the host's accounts. */
    record OfAccounts(AccountRule rule) implements Probe {
        @Override
        public Result judge(HostFiles files) throws IOException {
            return rule.judge(files);
        }
    }

    /** A rule about sudo's rules. */
    record OfSudo(SudoDemand rule) implements Probe {
        @Override
        public Result judge(HostFiles files) throws IOException {
            return rule.judge(files);
        }
    }
}
