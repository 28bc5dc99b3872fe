package dev.nuxari.e2e;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Stops the shared stack when the last test has ended, however it has ended. */
public final class StackListener implements LauncherSessionListener {
    @Override
    public void launcherSessionClosed(LauncherSession session) {
        Composed.stop();
    }
}
