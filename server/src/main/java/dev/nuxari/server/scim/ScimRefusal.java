package dev.nuxari.server.scim;

import de.captaingoldfish.scim.sdk.common.constants.ScimType;
import org.jspecify.annotations.Nullable;

/** Why something that a directory sends is not done. What it says is for whoever looks at the directory's own log. */
enum ScimRefusal {
    USER_NAME_TAKEN(409, ScimType.RFC7644.UNIQUENESS, "There is a user with this userName."),
    ADDRESS_TAKEN(
            409, ScimType.RFC7644.UNIQUENESS, "There is a user with this address in a directory of the organization."),
    GROUP_NAME_TAKEN(409, ScimType.RFC7644.UNIQUENESS, "There is a group with this displayName."),
    NO_ADDRESS(
            400,
            ScimType.RFC7644.INVALID_VALUE,
            "A user needs an e-mail address beyond doubt: the primary or work address, or a userName that is one."),
    DOMAIN_NOT_VERIFIED(
            400,
            ScimType.RFC7644.INVALID_VALUE,
            "The organization has not shown the domain of this address to be its own. Verify it on the page Domains."),
    DOMAIN_NOT_ENROLLED(
            400,
            ScimType.RFC7644.INVALID_VALUE,
            "The organization's identity policy enrols nobody from the domain of this address."),
    ADDRESS_CHANGED(
            400,
            ScimType.RFC7644.MUTABILITY,
            "The address is what ties a user to a person, and does not change. Delete the user and send another one."),
    OWNER_PROTECTED(
            403,
            null,
            "This person is an owner of the organization. Another owner has to give them a lesser role first."),
    USER_TOO_LARGE(400, ScimType.RFC7644.INVALID_VALUE, "A user has at most 32 KiB of attributes."),
    TEXT_TOO_LONG(
            400, ScimType.RFC7644.INVALID_VALUE, "A userName, displayName or externalId has 1 to 300 characters."),
    UNKNOWN_MEMBER(
            400,
            ScimType.RFC7644.INVALID_VALUE,
            "A member of a group is a user of this directory, named by its id. Groups in groups are not supported."),
    TOO_MANY_MEMBERS(400, ScimType.RFC7644.TOO_MANY, "A group has at most 20,000 members."),
    BAD_FILTER(400, ScimType.RFC7644.INVALID_FILTER, "The filter cannot be answered."),
    FILTER_TOO_LONG(
            400, ScimType.RFC7644.INVALID_FILTER, "A filter or path has at most 2,000 characters and 16 parentheses.");

    private final int status;
    private final @Nullable String scimType;
    private final String detail;

    ScimRefusal(int status, @Nullable String scimType, String detail) {
        this.status = status;
        this.scimType = scimType;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    @Nullable
    String scimType() {
        return scimType;
    }

    String detail() {
        return detail;
    }

    /** Whether the organization should find it in its log: somebody was sent whom it may not send. */
    boolean isOnRecord() {
        return switch (this) {
            case DOMAIN_NOT_VERIFIED, DOMAIN_NOT_ENROLLED, OWNER_PROTECTED, ADDRESS_CHANGED -> true;
            default -> false;
        };
    }

    ScimRefused thrown() {
        return new ScimRefused(this);
    }
}
