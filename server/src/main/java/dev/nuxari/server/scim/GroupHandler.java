package dev.nuxari.server.scim;

import de.captaingoldfish.scim.sdk.common.constants.SchemaUris;
import de.captaingoldfish.scim.sdk.common.constants.enums.Comparator;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.etag.ETag;
import de.captaingoldfish.scim.sdk.common.exceptions.ResourceNotFoundException;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.complex.Meta;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.common.utils.JsonHelper;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceHandler;
import de.captaingoldfish.scim.sdk.server.endpoints.features.EndpointType;
import de.captaingoldfish.scim.sdk.server.filter.AndExpressionNode;
import de.captaingoldfish.scim.sdk.server.filter.AttributeExpressionLeaf;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.interceptor.Interceptor;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import dev.nuxari.kernel.Json;
import dev.nuxari.server.scim.DirectoryGroup.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the library asks about groups. */
@Component
class GroupHandler extends ResourceHandler<Group> {
    private static final String MEMBERS = "members";

    private final DirectoryGroups groups;
    private final DirectoryGroupStore store;
    private final InOneTransaction transactions;

    GroupHandler(DirectoryGroups groups, DirectoryGroupStore store, InOneTransaction transactions) {
        this.groups = groups;
        this.store = store;
        this.transactions = transactions;
    }

    @Override
    public Interceptor getInterceptor(EndpointType type) {
        return transactions.of(type);
    }

    @Override
    public Group createResource(Group sent, Context context) {
        DirectoryGroup added = groups.add(DirectoryContext.client(context), draft(sent));
        return written(added, true);
    }

    @SuppressWarnings("NullAway") // The library knows a missing group by null.
    @Override
    public @Nullable Group getResource(
            String id, List<SchemaAttribute> attributes, List<SchemaAttribute> excludedAttributes, Context context) {
        boolean whole = wantsMembers(attributes, excludedAttributes);
        return Ids.parse(id)
                .flatMap(group -> store.find(DirectoryContext.client(context).directory(), group))
                .map(group -> written(group, whole))
                .orElse(null);
    }

    @SuppressWarnings("NullAway")
    @Override
    public @Nullable Group getResourceForUpdate(
            String id,
            List<SchemaAttribute> attributes,
            List<SchemaAttribute> excludedAttributes,
            Context context,
            EndpointType type) {
        return Ids.parse(id)
                .flatMap(group -> store.lock(DirectoryContext.client(context).directory(), group))
                .map(group -> written(group, type == EndpointType.PATCH))
                .orElse(null);
    }

    @SuppressWarnings("checkstyle:ParameterNumber") // The library's.
    @Override
    public PartialListResponse<Group> listResources(
            long startIndex,
            int count,
            @Nullable FilterNode filter,
            @Nullable SchemaAttribute sortBy,
            @Nullable SortOrder sortOrder,
            List<SchemaAttribute> attributes,
            List<SchemaAttribute> excludedAttributes,
            Context context) {
        DirectoryId directory = DirectoryContext.client(context).directory();
        Wanted wanted = Wanted.of(filter);
        Search search = new Search(
                wanted.rest() == null ? null : FilterPath.of(wanted.rest()),
                wanted.member(),
                sortBy == null ? List.of() : FilterPath.place(sortBy),
                sortOrder != SortOrder.DESCENDING,
                startIndex - 1,
                count);
        long total = store.count(directory, search);
        boolean whole = wantsMembers(attributes, excludedAttributes);
        List<DirectoryGroup> found =
                count == 0 || search.offset() >= total ? List.of() : store.search(directory, search);
        return PartialListResponse.<Group>builder()
                .resources(found.stream().map(group -> written(group, whole)).toList())
                .totalResults(total)
                .build();
    }

    /** Members stand in a table of their own, so that one of them is asked for by itself. */
    private record Wanted(
            @Nullable FilterNode rest, @Nullable UUID member) {
        static Wanted of(@Nullable FilterNode filter) {
            if (filter instanceof AndExpressionNode and) {
                Optional<UUID> left = member(and.getLeftNode());
                Optional<UUID> right = member(and.getRightNode());
                if (left.isPresent() && right.isEmpty()) {
                    return new Wanted(and.getRightNode(), left.get());
                }
                if (right.isPresent() && left.isEmpty()) {
                    return new Wanted(and.getLeftNode(), right.get());
                }
            }
            return filter == null
                    ? new Wanted(null, null)
                    : member(filter).map(member -> new Wanted(null, member)).orElseGet(() -> new Wanted(filter, null));
        }

        private static Optional<UUID> member(FilterNode node) {
            return node instanceof AttributeExpressionLeaf leaf
                            && leaf.getComparator() == Comparator.EQ
                            && isAboutMembers(leaf.getSchemaAttribute())
                    ? leaf.getStringValue().map(value -> Ids.parse(value).orElse(new UUID(0, 0)))
                    : Optional.empty();
        }

        private static boolean isAboutMembers(SchemaAttribute attribute) {
            SchemaAttribute parent = attribute.getParent();
            return attribute.getName().equals(MEMBERS)
                    || (parent != null
                            && parent.getName().equals(MEMBERS)
                            && attribute.getName().equals("value"));
        }
    }

    private static boolean wantsMembers(List<SchemaAttribute> attributes, List<SchemaAttribute> excludedAttributes) {
        boolean named = attributes.isEmpty() || attributes.stream().anyMatch(GroupHandler::isMembers);
        return named
                && excludedAttributes.stream().noneMatch(one -> one.getName().equals(MEMBERS));
    }

    private static boolean isMembers(SchemaAttribute attribute) {
        SchemaAttribute parent = attribute.getParent();
        return attribute.getName().equals(MEMBERS)
                || (parent != null && parent.getName().equals(MEMBERS));
    }

    @Override
    public Group updateResource(Group sent, Context context) {
        String id = sent.getId().orElse("");
        return Ids.parse(id)
                .flatMap(group -> groups.replace(DirectoryContext.client(context), group, draft(sent)))
                .map(group -> written(group, true))
                .orElseThrow(() -> unknown(id));
    }

    @Override
    public void deleteResource(String id, Context context) {
        boolean removed = Ids.parse(id)
                .filter(group -> groups.remove(DirectoryContext.client(context), group))
                .isPresent();
        if (!removed) {
            throw unknown(id);
        }
    }

    private static Draft draft(Group sent) {
        return new Draft(
                UserDocument.text(sent.getDisplayName().orElse("")),
                sent.getExternalId().map(UserDocument::text).orElse(null),
                sent.getMembers().stream().map(GroupHandler::member).collect(Collectors.toSet()));
    }

    private static UUID member(Member member) {
        if (member.getType().filter(type -> !type.equalsIgnoreCase("User")).isPresent()) {
            throw ScimRefusal.UNKNOWN_MEMBER.thrown();
        }
        return GroupPatch.id(member.getValue().orElse(""));
    }

    private Group written(DirectoryGroup group, boolean whole) {
        Json.Obj head = Json.object(
                        "schemas",
                        Json.array(SchemaUris.GROUP_URI),
                        "id",
                        group.id(),
                        "displayName",
                        group.displayName())
                .withPresent("externalId", group.externalId());
        Group sent = JsonHelper.readJsonDocument(head.canonical(), Group.class);
        sent.setMeta(Meta.builder()
                .created(group.createdAt())
                .lastModified(group.changedAt())
                .version(ETag.builder()
                        .weak(true)
                        .tag(String.valueOf(group.version()))
                        .build())
                .build());
        if (whole) {
            List<Member> members = new ArrayList<>();
            store.members(group.id())
                    .forEach(one -> members.add(Member.builder()
                            .value(one.id().toString())
                            .display(one.display())
                            .type("User")
                            .build()));
            sent.setMembers(members);
        }
        return sent;
    }

    private static ResourceNotFoundException unknown(String id) {
        return new ResourceNotFoundException("There is no group " + id + ".");
    }
}
