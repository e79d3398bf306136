using Liaison.Model;

namespace Liaison.Testing.Connectors;

/// <summary>The links of an <see cref="InMemoryCrm"/>, kept from both ends: a label is seen from its own end, the link from either.</summary>
internal sealed class InMemoryLinks
{
    internal const string Primary = "Primary";

    private readonly List<(RecordType From, RecordType To, Association Link)> links = [];
    private readonly List<(RecordType From, RecordType To, string Label)> labels =
    [
        (RecordType.Contact, RecordType.Company, Primary), (RecordType.Deal, RecordType.Company, Primary),
    ];

    internal void AddLabel(RecordType from, RecordType to, string label) => labels.Add((from, to, label));

    internal IReadOnlyList<string> LabelsOf(RecordType from, RecordType to) =>
        [.. labels.Where(label => label.From == from && label.To == to).Select(label => label.Label)];

    internal IReadOnlyList<Association> Of(RecordType from, RecordType to, string id) =>
        [.. links.Where(link => link.From == from && link.To == to && link.Link.FromId == id).Select(link => link.Link)];

    internal void Make(RecordType from, string fromId, RecordType to, string toId, string? label)
    {
        if (label == Primary)
        {
            foreach (var link in Of(from, to, fromId))
            {
                Put(from, to, link, link.Labels.Where(name => name != Primary));
            }
        }

        var found = Find(from, fromId, to, toId);
        Put(from, to, found ?? new(fromId, toId, []), label is null ? found?.Labels ?? [] : [.. found?.Labels ?? [], label]);
        if (Find(to, toId, from, fromId) is null)
        {
            Put(to, from, new(toId, fromId, []), []);
        }
    }

    internal void Remove(RecordType from, string fromId, RecordType to, string toId, string? label)
    {
        if (label is null)
        {
            links.RemoveAll(link => Joins(link, from, fromId, to, toId) || Joins(link, to, toId, from, fromId));
        }
        else if (Find(from, fromId, to, toId) is { } found)
        {
            Put(from, to, found, found.Labels.Where(name => name != label));
        }
    }

    internal void RemoveAllOf(RecordType type, string id) => links.RemoveAll(link =>
        (link.From == type && link.Link.FromId == id) || (link.To == type && link.Link.ToId == id));

    private Association? Find(RecordType from, string fromId, RecordType to, string toId) =>
        links.Find(link => Joins(link, from, fromId, to, toId)).Link;

    private void Put(RecordType from, RecordType to, Association link, IEnumerable<string> names)
    {
        List<string> distinct = [.. names.Distinct()];
        var put = (from, to, link with { Labels = distinct, IsPrimary = distinct.Contains(Primary) });
        var at = links.FindIndex(held => Joins(held, from, link.FromId, to, link.ToId));
        if (at < 0)
        {
            links.Add(put);
        }
        else
        {
            links[at] = put;
        }
    }

    private static bool Joins((RecordType From, RecordType To, Association Link) link, RecordType from, string fromId, RecordType to, string toId) =>
        link.From == from && link.To == to && link.Link.FromId == fromId && link.Link.ToId == toId;
}
