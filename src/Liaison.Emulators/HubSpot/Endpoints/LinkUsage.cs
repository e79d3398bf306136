using System.Text.Json;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>How near records come to the number of links that they may have, and pairs of types to that of their labels.</summary>
internal sealed class LinkUsage(Refusals refusals)
{
    private const int MostLabels = 50;
    private const int MostLinks = 50_000;
    private const int MostSamples = 10;

    /// <summary>From which share of a limit a record counts as near it.</summary>
    private const double Near = 0.8;

    private sealed record Reach(CrmRecord Record, int Usage, int Limit)
    {
        public bool IsAt => Usage >= Limit;
    }

    public Reply Labels(Call call)
    {
        ObjectType? from = null, to = null;
        if (call.Query("fromObjectTypeId") is { } fromId && !call.Account.TryGetType(fromId, out from))
        {
            return refusals.UnknownType(fromId);
        }

        if (call.Query("toObjectTypeId") is { } toId && !call.Account.TryGetType(toId, out to))
        {
            return refusals.UnknownType(toId);
        }

        var pairs = Pairs(call.Account).Where(pair => (from is null || pair.From == from) && (to is null || pair.To == to))
            .Select(pair => (pair.From, pair.To, Own: call.Account.Associations.OwnLabels(pair.From, pair.To)))
            .Where(pair => pair.Own.Count > 0 || (from is not null && to is not null)).ToList();
        return PipelineReads.Results(pairs, (json, pair) =>
        {
            json.WriteStartObject();
            WriteType(json, "fromObjectType", pair.From);
            WriteType(json, "toObjectType", pair.To);
            Usage.WriteUsage(json, "", pair.Own.Count, MostLabels);
            json.WriteStartArray("allLabels");
            pair.Own.ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public static Reply From(Call call) => Types(call.Account.Types, type => [.. call.Account.Types.SelectMany(to => Of(call.Account, type, to))]);

    public Reply To(Call call) => call.Account.TryGetType(call["from"], out var from)
        ? Types(call.Account.Types, type => [.. Of(call.Account, from, type)])
        : refusals.UnknownType(call["from"]);

    public Reply Records(Call call)
    {
        if (AssociationReads.Types(refusals, call, "from", "to", out var from, out var to) is { } refused)
        {
            return refused;
        }

        var reached = Of(call.Account, from, to).ToList();
        var (at, near) = (reached.Where(one => one.IsAt).ToList(), reached.Where(one => !one.IsAt).ToList());
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("limit", Limits(call.Account, from, to).Min(limit => limit.Most));
            json.WriteNumber("totalRecordsAtLimit", at.Count);
            json.WriteNumber("totalRecordsNearLimit", near.Count);
            WriteSamples(json, "atLimitFromRecordSamples", from, at, usage: false);
            WriteSamples(json, "nearLimitFromRecordSamples", from, near, usage: true);
            json.WriteEndObject();
        });
    }

    private static Reply Types(IEnumerable<ObjectType> types, Func<ObjectType, List<Reach>> reached) => PipelineReads.Results(
        [.. types.Select(type => (Type: type, Reached: reached(type))).Where(one => one.Reached.Count > 0)], (json, one) =>
    {
        json.WriteStartObject();
        Usage.WriteType(json, one.Type);
        json.WriteBoolean("hasRecordsAtLimit", one.Reached.Exists(reach => reach.IsAt));
        json.WriteBoolean("hasRecordsNearLimit", one.Reached.Exists(reach => !reach.IsAt));
        json.WriteEndObject();
    });

    /// <summary>Finds the records of a type whose links to another are near or at one of their limits.</summary>
    private static IEnumerable<Reach> Of(Account account, ObjectType from, ObjectType to)
    {
        if (!account.Links.TypesLinkedFrom(from).Contains(to.Id))
        {
            yield break;
        }

        var limits = Limits(account, from, to).ToList();
        foreach (var record in from.Records.Live)
        {
            var links = account.Links.Of(from, record.Id, to);
            var nearest = limits.Select(limit => new Reach(record, limit.Kind is { } kind ? links.Count(link => link.Kinds.Contains(kind)) : links.Count, limit.Most))
                .MaxBy(reach => (double)reach.Usage / reach.Limit)!;
            if (nearest.Usage >= Near * nearest.Limit)
            {
                yield return nearest;
            }
        }
    }

    /// <summary>Gives the limits of a pair: the administrator's own by kind of link, and the one that holds for all.</summary>
    private static IEnumerable<(AssociationKind? Kind, int Most)> Limits(Account account, ObjectType from, ObjectType to) =>
        account.LinkLimits.Where(limit => limit.Key.From == from.Id && limit.Key.To == to.Id)
            .Select(limit => ((AssociationKind?)limit.Value.Label.Kind, limit.Value.Most)).Append((null, MostLinks));

    private static IEnumerable<(ObjectType From, ObjectType To)> Pairs(Account account) =>
        account.Types.SelectMany(from => account.Types.Select(to => (from, to)));

    private static void WriteType(Utf8JsonWriter json, string name, ObjectType type)
    {
        json.WriteStartObject(name);
        Usage.WriteType(json, type);
        json.WriteEndObject();
    }

    private static void WriteSamples(Utf8JsonWriter json, string name, ObjectType type, List<Reach> reached, bool usage)
    {
        json.WriteStartArray(name);
        foreach (var reach in reached.Take(MostSamples))
        {
            json.WriteStartObject();
            json.WriteNumber("objectId", reach.Record.Id);
            json.WriteString("label", type.SearchableProperties.Select(property => type.Value(property, reach.Record)).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "");
            if (usage)
            {
                json.WriteNumber("usage", reach.Usage);
                json.WriteNumber("percentage", Math.Round(100m * reach.Usage / reach.Limit, 2));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
