package dev.nuxari.cli;

import picocli.CommandLine.IVersionProvider;

/** Says which build this is. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Nuxari.class.getPackage().getImplementationVersion();
        return new String[] {"nuxari " + (version == null ? "from a checkout" : version), "Java " + Runtime.version()};
    }
}
