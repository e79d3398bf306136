namespace Liaison.Emulators.HubSpot.Model;

/// <summary>Which kind of association: its category and directional id.</summary>
internal readonly record struct AssociationKind(string Category, int TypeId)
{
    public const string HubSpotDefined = "HUBSPOT_DEFINED";

    public const string UserDefined = "USER_DEFINED";
}

/// <summary>One end of an association as seen from the other.</summary>
/// <param name="To">The id of the record at the far end.</param>
/// <param name="Kinds">Every label of the pair; shared between links that have the same, as most do.</param>
internal readonly record struct Link(long To, IReadOnlyList<AssociationKind> Kinds);

/// <summary>All associations, kept from both ends.</summary>
internal sealed class Links
{
    private readonly Dictionary<(string From, string To), Dictionary<long, List<Link>>> _tables = [];

    /// <summary>Gives the links of a record to one type, in the order they were made.</summary>
    public IReadOnlyList<Link> Of(ObjectType from, long id, ObjectType to) =>
        _tables.TryGetValue((from.Id, to.Id), out var table) && table.TryGetValue(id, out var links) ? links : [];

    /// <summary>Adds kinds to the link from one record to another; says whether anything was new.</summary>
    public bool Add(ObjectType from, long fromId, ObjectType to, long toId, IReadOnlyList<AssociationKind> kinds)
    {
        if (!_tables.TryGetValue((from.Id, to.Id), out var table))
        {
            _tables[(from.Id, to.Id)] = table = [];
        }

        if (!table.TryGetValue(fromId, out var links))
        {
            table[fromId] = links = new List<Link>(1);
        }

        var at = links.FindIndex(link => link.To == toId);
        if (at < 0)
        {
            links.Add(new Link(toId, kinds));
            return true;
        }

        var missing = kinds.Where(kind => !links[at].Kinds.Contains(kind)).ToList();
        if (missing.Count > 0)
        {
            links[at] = new Link(toId, [.. missing, .. links[at].Kinds]);
        }

        return missing.Count > 0;
    }

    /// <summary>Takes kinds from a link, or the whole link where none are named.</summary>
    public bool Remove(ObjectType from, long fromId, ObjectType to, long toId, IReadOnlyCollection<AssociationKind>? kinds)
    {
        if (!_tables.TryGetValue((from.Id, to.Id), out var table) || !table.TryGetValue(fromId, out var links))
        {
            return false;
        }

        var at = links.FindIndex(link => link.To == toId);
        if (at < 0)
        {
            return false;
        }

        var left = kinds is null ? [] : links[at].Kinds.Where(kind => !kinds.Contains(kind)).ToList();
        if (left.Count == 0)
        {
            links.RemoveAt(at);
        }
        else
        {
            links[at] = new Link(toId, left);
        }

        return true;
    }

    /// <summary>Names the types that a record of this type has ever been linked to.</summary>
    public IEnumerable<string> TypesLinkedFrom(ObjectType from) =>
        _tables.Keys.Where(key => key.From == from.Id).Select(key => key.To);
}
