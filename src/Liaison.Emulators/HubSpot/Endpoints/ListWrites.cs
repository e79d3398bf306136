using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Lists;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Making, renaming, refiltering, deleting and restoring lists.</summary>
internal sealed class ListWrites(Account account, Refusals refusals)
{
    /// <summary>How long a deleted list can be brought back.</summary>
    private const int RestorableDays = 90;

    public Reply Create(Call call)
    {
        if (call.Text("name") is not { Length: > 0 } name || call.Text("processingType") is not { } processingType)
        {
            return refusals.InvalidJson("some required fields were not set: [name, objectTypeId, processingType]");
        }

        if (!account.TryGetType(call.Text("objectTypeId") ?? "", out var type))
        {
            return refusals.UnknownType(call.Text("objectTypeId") ?? "");
        }

        if (!Enum.TryParse<ListProcessing>(processingType, ignoreCase: true, out var processing) || char.IsAsciiDigit(processingType[0]))
        {
            return refusals.Validation("The processingType of a list is MANUAL, DYNAMIC or SNAPSHOT.");
        }

        if (RefuseName(type, name, null) is { } taken)
        {
            return taken;
        }

        var folder = call.Body.NumberOf("listFolderId", 0);
        if (folder != ListFolder.Root && !account.Lists.Folders.ContainsKey(folder))
        {
            return refusals.NotFound($"No folder {folder} exists.");
        }

        var branch = call.Body.MemberOf("filterBranch");
        if ((branch.ValueKind == JsonValueKind.Object) != (processing != ListProcessing.Manual))
        {
            return refusals.Validation("A filterBranch belongs to DYNAMIC and SNAPSHOT lists, and to them only.");
        }

        ListTest? filter = null;
        if (processing != ListProcessing.Manual && ReadFilter(type, branch, out filter) is { } wrong)
        {
            return wrong;
        }

        var now = Instants.ToMilliseconds(call.Now);
        var list = new CrmList(account.Lists.NextList(), type, name, processing, now, UserOf(call))
        {
            FolderId = folder,
            Filter = filter,
            FilterBranch = branch.ValueKind == JsonValueKind.Object ? branch.Clone() : default,
            FiltersUpdatedAt = filter is null ? null : now,
            Permissions = Kept(call, "listPermissions"),
            MembershipSettings = Kept(call, "membershipSettings"),
            CustomProperties = Customs(call),
        };
        account.Lists.Add(list);
        if (filter is not null)
        {
            account.Lists.Follow(list, filter, now);
        }

        return ListJson.Reply("list", list, filters: true);
    }

    public Reply Delete(Call call) => ListAccess.WithList(refusals, call, list =>
    {
        list.DeletedAt = Instants.ToMilliseconds(call.Now);
        return Reply.NoContent;
    });

    public Reply Restore(Call call)
    {
        if (ListAccess.Number(call["list"]) is not { } id || account.Lists.Find(id) is not { } list || list.DeletedAt < call.Now.AddDays(-RestorableDays))
        {
            return ListAccess.NotFound(refusals, call["list"]);
        }

        if (list.DeletedAt is not null && RefuseName(list.Type, list.Name, list) is { } taken)
        {
            return taken;
        }

        list.DeletedAt = null;
        return Reply.NoContent;
    }

    public Reply Rename(Call call) => ListAccess.WithList(refusals, call, list =>
    {
        if (call.Query("listName") is not { Length: > 0 } name)
        {
            return refusals.Validation("The listName must be given in the query.");
        }

        if (RefuseName(list.Type, name, list) is { } taken)
        {
            return taken;
        }

        list.Name = name;
        list.Edit(Instants.ToMilliseconds(call.Now), UserOf(call));
        return ListJson.Reply("updatedList", list, call.QueryFlag("includeFilters"));
    });

    public Reply Refilter(Call call) => ListAccess.WithList(refusals, call, list =>
    {
        if (list.Processing != ListProcessing.Dynamic)
        {
            return refusals.Validation("Only the filters of a DYNAMIC list can be changed.");
        }

        var branch = call.Body.MemberOf("filterBranch");
        if (ReadFilter(list.Type, branch, out var filter) is { } wrong)
        {
            return wrong;
        }

        var now = Instants.ToMilliseconds(call.Now);
        (list.Filter, list.FilterBranch, list.FiltersUpdatedAt) = (filter, branch.Clone(), now);
        list.Edit(now, UserOf(call));
        account.Lists.Settle(list, now);
        return ListJson.Reply("updatedList", list, filters: true);
    });

    private Reply? ReadFilter(ObjectType type, JsonElement branch, out ListTest? filter)
    {
        var reader = new ListFilterReader(account);
        filter = reader.Read(type, branch);
        return filter is null ? refusals.Validation(reader.Fault ?? "The filterBranch cannot be read.") : null;
    }

    private Reply? RefuseName(ObjectType type, string name, CrmList? self) =>
        account.Lists.Live.Any(list => list != self && list.Type == type && string.Equals(list.Name, name, StringComparison.OrdinalIgnoreCase))
            ? refusals.Validation($"A list named {name} already exists for object type {type.Id}; list names are unique.")
            : null;

    private static JsonElement Kept(Call call, string name) =>
        call.Body.MemberOf(name) is { ValueKind: JsonValueKind.Object } given ? given.Clone() : default;

    private static Dictionary<string, string> Customs(Call call)
    {
        var given = call.Body.MemberOf("customProperties");
        return given.ValueKind == JsonValueKind.Object
            ? given.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.AsText() ?? "")
            : [];
    }

    private static long? UserOf(Call call) => (call.User ?? call.Caller.GrantedBy)?.UserId;
}
