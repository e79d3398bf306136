using System.Collections.Concurrent;
using System.Text.Json;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Wire;

namespace Liaison.HubSpot.Records;

/// <summary>Looks up which kinds of link HubSpot offers, by direction and once a session: labels get other names, and accounts their own.</summary>
internal sealed class AssociationTypeReader(HubSpotApi api)
{
    private readonly ConcurrentDictionary<TypePair, AssociationTypes> known = new();

    internal async Task<Result<AssociationTypes>> ReadAsync(TypePair pair, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(pair, out var types))
        {
            return types;
        }

        var read = await api.GetAsync(
            CrmOperation.ReadAssociations,
            $"{pair.From}.{pair.To}.labels",
            api.Paths.AssociationLabels(pair.From, pair.To),
            HubSpotJson.Default.AssociationTypesDocument,
            cancellationToken);
        return read.Then<AssociationTypes>(document => known[pair] = new AssociationTypes(document.Results ?? []));
    }
}

/// <summary>The kinds of link between two types, seen from the first.</summary>
internal sealed class AssociationTypes(IReadOnlyList<AssociationTypeDocument> offered)
{
    // Labels are text of the account's administrators: named so far that a person finds the right one.
    private const int MostNamed = 20;

    /// <summary>Finds the kind of a label, or of the plain link.</summary>
    internal Result<AssociationType> Find(string? label)
    {
        var found = offered.FirstOrDefault(type => type is { TypeId: not null } && (label is null
            ? string.IsNullOrEmpty(type.Label)
            : string.Equals(type.Label, label, StringComparison.OrdinalIgnoreCase)));
        if (found is not null)
        {
            return new AssociationType(found.Category ?? AssociationType.HubSpotDefined, found.TypeId!.Value);
        }

        List<string> names = [.. offered.Select(type => type.Label).OfType<string>().Where(name => name.Length > 0).Take(MostNamed)];
        return new Failure(FailureKind.Invalid, (label, names) switch
        {
            (null, _) => "HubSpot offers no plain link between these types; link them by a label.",
            (_, []) => "HubSpot has no labels for links in this direction; link the records without one.",
            _ => $"HubSpot has no such label for links in this direction; it has {string.Join(", ", names)}.",
        });
    }
}

/// <summary>A kind of link in one direction, as requests name it.</summary>
internal sealed record AssociationType(string Category, int TypeId)
{
    internal const string HubSpotDefined = "HUBSPOT_DEFINED";

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("associationCategory", Category);
        writer.WriteNumber("associationTypeId", TypeId);
        writer.WriteEndObject();
    }
}
