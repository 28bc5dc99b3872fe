package dev.nuxari.server.federation;

import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.InvalidField;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a provider is to be, as it is written.
 *
 * @param clientSecret comes in and never goes out; absent to keep the one that is there
 * @param metadataXml SAML metadata that is pasted, instead of an address; absent to keep what is known
 */
record NewProvider(
        String name,
        @Nullable ProviderState state,
        Preset preset,
        @Nullable String issuer,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable String metadataUrl,
        @Nullable String metadataXml,
        @Nullable String emailAttribute,
        @Nullable Role defaultRole,
        @Nullable Role ceiling,
        @Nullable String groupsClaim,
        @Nullable List<GroupRole> groups) {
    static final int LONGEST = 300;
    private static final int LONGEST_NAME = 60;
    private static final int MOST_GROUPS = 100;

    /** Whoever is in the group gets the role. */
    record GroupRole(String group, Role role) {
        GroupRole {
            group = InvalidField.text("group", group, 128);
            InvalidField.required("role", role);
        }
    }

    NewProvider {
        name = InvalidField.text("name", name, LONGEST_NAME);
        InvalidField.required("preset", preset);
        state = Objects.requireNonNullElse(state, ProviderState.DRAFT);
        emailAttribute = Objects.requireNonNullElse(emailAttribute, "").strip();
        groupsClaim = Objects.requireNonNullElse(groupsClaim, "").strip();
        groups = List.copyOf(Objects.requireNonNullElse(groups, List.of()));
        if (emailAttribute.length() > LONGEST) {
            throw new InvalidField("emailAttribute", "is longer than " + LONGEST + " characters");
        }
        if (groupsClaim.length() > LONGEST) {
            throw new InvalidField("groupsClaim", "is longer than " + LONGEST + " characters");
        }
        if (groups.size() > MOST_GROUPS) {
            throw new InvalidField("groups", "are more than " + MOST_GROUPS);
        }
    }

    @Override
    public String toString() {
        return "NewProvider[" + name + "]";
    }
}
