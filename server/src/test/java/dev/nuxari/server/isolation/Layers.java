package dev.nuxari.server.isolation;

import dev.nuxari.kernel.OrganizationId;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The switches of the layers that are Java. Those of the database are {@link PrivateDatabase}'s. */
public final class Layers {
    private static final Pattern CONDITION = Pattern.compile("(?:\\w+\\.)?organization_id\\s*=\\s*:organizationId\\b");

    private volatile Set<Layer> on = EnumSet.allOf(Layer.class);
    private volatile Lapse lapse = new Lapse.AskedIsBound();

    /** From now on these are on and no others, and the data access layer, if it is off, fails so. */
    void only(Set<Layer> wanted, Lapse failing) {
        lapse = failing;
        on = Set.copyOf(wanted);
    }

    void all() {
        on = EnumSet.allOf(Layer.class);
    }

    public boolean isOff(Layer layer) {
        return !on.contains(layer);
    }

    /** What is bound without the data access layer, in the scope of this organization. */
    public OrganizationId bound(OrganizationId asked) {
        return lapse instanceof Lapse.Bound(OrganizationId organization) ? organization : asked;
    }

    /** What is sent without the data access layer. */
    public String sent(String sql) {
        return lapse instanceof Lapse.ConditionForgotten(Set<String> tables)
                        && tables.stream().anyMatch(table -> sql.matches("(?s).*\\b" + table + "\\b.*"))
                ? CONDITION.matcher(sql).replaceAll("true")
                : sql;
    }
}
