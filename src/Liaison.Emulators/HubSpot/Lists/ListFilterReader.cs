using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Lists;

/// <summary>Says whether a record belongs into a list at a moment.</summary>
internal delegate bool ListTest(CrmRecord record, DateTimeOffset now);

/// <summary>Reads the filters of a list into a test.</summary>
/// <remarks>Filters over what the account keeps no record of (page views, forms, ads) are refused, not guessed at.</remarks>
internal sealed class ListFilterReader(Account account)
{
    private const int Deepest = 10;

    /// <summary>Gets what is wrong with the filters; the first fault that was met.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads a list's filters, which are an OR of ANDs.</summary>
    public ListTest? Read(ObjectType type, JsonElement root)
    {
        var branches = root.ItemsOf("filterBranches").ToList();
        if (root.TextOf("filterBranchType") != "OR" || branches.Count == 0 || branches.Exists(branch => branch.TextOf("filterBranchType") != "AND"))
        {
            Fault = "The filterBranch of a list must be an OR branch that holds one or more AND branches.";
            return null;
        }

        var test = Branch(type, root, 0);
        return Fault is null ? test : null;
    }

    private ListTest Branch(ObjectType type, JsonElement branch, int depth)
    {
        if (depth > Deepest)
        {
            return Refuse($"Filter branches may be nested {Deepest} deep.");
        }

        var kind = branch.TextOf("filterBranchType");
        if (kind == "ASSOCIATION")
        {
            return Association(type, branch, depth);
        }

        ListTest[] parts =
        [
            .. branch.ItemsOf("filterBranches").Select(inner => Branch(type, inner, depth + 1)),
            .. branch.ItemsOf("filters").Select(filter => Filter(type, filter)),
        ];
        return kind switch
        {
            "OR" => (record, now) => Array.Exists(parts, part => part(record, now)),
            "AND" or "RESTRICTED" => (record, now) => Array.TrueForAll(parts, part => part(record, now)),
            "NOT_ALL" => (record, now) => !Array.TrueForAll(parts, part => part(record, now)),
            "NOT_ANY" => (record, now) => !Array.Exists(parts, part => part(record, now)),
            _ => Refuse($"Filter branches of type {kind ?? "(none)"} ask for what this account keeps no record of."),
        };
    }

    /// <summary>Asks whether a linked record of another type passes the branch's own filters.</summary>
    private ListTest Association(ObjectType type, JsonElement branch, int depth)
    {
        if (!account.TryGetType(branch.TextOf("objectTypeId") ?? "", out var to))
        {
            return Refuse("An ASSOCIATION branch needs the objectTypeId of a type of this account.");
        }

        var kind = new AssociationKind(branch.TextOf("associationCategory") ?? AssociationKind.HubSpotDefined, branch.NumberOf("associationTypeId", 0));
        ListTest[] parts =
        [
            .. branch.ItemsOf("filterBranches").Select(inner => Branch(to, inner, depth + 1)),
            .. branch.ItemsOf("filters").Select(filter => Filter(to, filter)),
        ];
        return (record, now) => account.Links.Of(type, record.Id, to).Any(link =>
            link.Kinds.Contains(kind) && to.Records.TryGet(link.To, out var far) && far.IsLive && Array.TrueForAll(parts, part => part(far, now)));
    }

    private ListTest Filter(ObjectType type, JsonElement filter) => filter.TextOf("filterType") switch
    {
        "PROPERTY" => Property(type, filter),
        "IN_LIST" => InList(type, filter),
        "ASSOCIATION" => LinkedInList(type, filter),
        "CONSTANT" => filter.FlagOf("shouldAccept", otherwise: false) ? (_, _) => true : (_, _) => false,
        var other => Refuse($"Filters of type {other ?? "(none)"} ask for what this account keeps no record of."),
    };

    private ListTest Property(ObjectType type, JsonElement filter)
    {
        var name = filter.TextOf("property") ?? "";
        if (!type.TryGetProperty(name, out var property))
        {
            return Refuse($"There is no property \"{name}\" on {type.Name} to filter by.");
        }

        var operation = filter.MemberOf("operation");
        return PropertyOperation.Read(property, operation)
            ?? Refuse($"Operator {operation.TextOf("operator") ?? "(none)"} of operation type {operation.TextOf("operationType") ?? "(none)"} cannot be asked of {name} here.");
    }

    private ListTest InList(ObjectType type, JsonElement filter)
    {
        if (FindList(filter) is not { } list || list.Type != type)
        {
            return Refuse($"An IN_LIST filter needs the listId of a list of {type.Name}.");
        }

        var negated = filter.TextOf("operator") is "NOT_IN_LIST" or "IS_NOT_IN_LIST";
        return (record, now) => IsMember(list, record.Id, now) != negated;
    }

    private ListTest LinkedInList(ObjectType type, JsonElement filter)
    {
        if (FindList(filter) is not { } list)
        {
            return Refuse("An ASSOCIATION filter needs the listId of a list of this account.");
        }

        var kind = new AssociationKind(filter.TextOf("associationCategory") ?? AssociationKind.HubSpotDefined, filter.NumberOf("associationTypeId", 0));
        var negated = filter.TextOf("operator") is "NOT_IN_LIST" or "IS_NOT_IN_LIST";
        return (record, now) => account.Links.Of(type, record.Id, list.Type)
            .Any(link => link.Kinds.Contains(kind) && IsMember(list, link.To, now)) != negated;
    }

    private CrmList? FindList(JsonElement filter) =>
        long.TryParse(filter.TextOf("listId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? account.Lists.Find(id) : null;

    private bool IsMember(CrmList list, long recordId, DateTimeOffset now)
    {
        if (list.DeletedAt is not null)
        {
            return false;
        }

        account.Lists.SettleWithin(list, now);
        return list.MemberOf(recordId) is not null;
    }

    private ListTest Refuse(string fault)
    {
        Fault ??= fault;
        return (_, _) => false;
    }
}
