package dev.nuxari.agent.posture;

import dev.nuxari.agent.observe.HostFiles;
import dev.nuxari.agent.observe.SudoRules;
import java.io.IOException;
import java.util.function.Predicate;

/** What has to hold of sudo's rules together. */
enum SudoDemand {
    USES_PTY(sudo ->
            !sudo.setting("use_pty").isEmpty() && sudo.setting("!use_pty").isEmpty()),
    HAS_LOG_FILE(sudo -> !sudo.setting("logfile").isEmpty()),
    ASKS_FOR_PASSWORDS(sudo -> sudo.rights().stream().allMatch(SudoRules.Right::password)),
    ALWAYS_AUTHENTICATES(sudo -> sudo.setting("!authenticate").isEmpty()),
    FORGETS_SOON(sudo -> sudo.setting("timestamp_timeout").stream().allMatch(SudoDemand::isShort)),
    NOT_FOR_EVERYBODY(
            sudo -> sudo.rights().stream().noneMatch(right -> right.subject().equals("ALL") && right.asRoot())),
    KEEPS_NO_PATH(sudo ->
            sudo.setting("!env_reset").isEmpty() && !sudo.setting("secure_path").isEmpty());

    private static final double LONGEST_MINUTES = 15;

    @SuppressWarnings("ImmutableEnumChecker") // It holds nothing; only the compiler has not been told.
    private final Predicate<SudoRules> holds;

    SudoDemand(Predicate<SudoRules> holds) {
        this.holds = holds;
    }

    Result judge(HostFiles files) throws IOException {
        if (files.facts("/etc/sudoers").isEmpty()) {
            return Result.NOT_APPLICABLE;
        }
        return Result.of(holds.test(SudoRules.of(files)));
    }

    private static boolean isShort(String minutes) {
        try {
            double value = Double.parseDouble(minutes);
            return value >= 0 && value <= LONGEST_MINUTES;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
