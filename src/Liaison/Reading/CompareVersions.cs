using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Policy;
using Liaison.Schema;

namespace Liaison.Reading;

/// <summary>How one record type looks at two API versions.</summary>
/// <param name="Fields">How the schemas differ, from the pinned version to the other.</param>
/// <param name="Told">What else differs, a sentence each, without record values.</param>
public sealed record TypeComparison(RecordType Type, IReadOnlyList<SchemaChange> Fields, IReadOnlyList<string> Told)
{
    /// <summary>Gets a value indicating whether what works at the pinned version may not at the other.</summary>
    public bool Breaks => Told.Count > 0 || Fields.Any(change => change.Breaking);
}

/// <summary>Asks a CRM the same at two API versions and tells what differs; nothing is written (R188).</summary>
/// <remarks>Schemas, counts, and the values of some records of every type, as the connection's own credential sees them.</remarks>
public sealed class CompareVersions(SessionOpener sessions, TimeProvider time)
{
    private const int Sampled = 10;
    private const int MostFields = 50;

    /// <summary>Compares the pinned version with another that the connector speaks.</summary>
    /// <returns>One comparison a record type that either version knows; <see cref="FailureKind.Invalid"/> for a version that the connector does not speak.</returns>
    internal async Task<Result<IReadOnlyList<TypeComparison>>> ExecuteAsync(Permit permit, string version, CancellationToken cancellationToken)
    {
        if (!(await sessions.OpenAsync(permit, cancellationToken)).TryGet(out var pinned, out var failure))
        {
            return failure;
        }

        if (pinned.Descriptor.ApiVersions.All(known => known.Version != version))
        {
            return new Failure(
                FailureKind.Invalid,
                $"The connector for {pinned.Descriptor.DisplayName} does not speak {version}; it speaks {string.Join(", ", pinned.Descriptor.ApiVersions.Select(known => known.Version))}.");
        }

        if (!(await sessions.OpenAsync(permit, version, cancellationToken)).TryGet(out var other, out failure))
        {
            return failure;
        }

        var comparisons = new List<TypeComparison>();
        foreach (var type in pinned.Descriptor.RecordTypes.Select(known => known.Type))
        {
            if (await CompareAsync(pinned, other, type, cancellationToken) is { } comparison)
            {
                comparisons.Add(comparison);
            }
        }

        return Result<IReadOnlyList<TypeComparison>>.Of(comparisons);
    }

    private async Task<TypeComparison?> CompareAsync(OpenedSession pinned, OpenedSession other, RecordType type, CancellationToken cancellationToken)
    {
        var before = await pinned.Session.DescribeAsync(type, cancellationToken);
        var after = await other.Session.DescribeAsync(type, cancellationToken);
        return (before.TryGet(out var old, out var kept), after.TryGet(out var now, out var lost)) switch
        {
            (false, false) => null,
            (true, false) => new TypeComparison(type, [], [$"It cannot be described there: {lost!.Message}"]),
            (false, true) => new TypeComparison(type, [], [$"It can be described there and not at the pinned version: {kept!.Message}"]),
            _ => new TypeComparison(type, SchemaDiff.Between(old!, now!), await RecordsAsync(pinned, other, old!, now!, cancellationToken)),
        };
    }

    private async Task<IReadOnlyList<string>> RecordsAsync(
        OpenedSession pinned, OpenedSession other, RecordSchema old, RecordSchema now, CancellationToken cancellationToken)
    {
        // Of both, and nothing delicate: the values are compared here and told to nobody.
        FieldDefinition[] fields = [.. old.Fields.Values
            .Where(field => field.Sensitivity == Sensitivity.Normal && now.ByNativeName.ContainsKey(field.NativeName))
            .OrderBy(field => field.NativeName, StringComparer.Ordinal)
            .Take(MostFields)];
        var query = new RecordQuery(old.Type, fields, RecordFilter.Everything, PageSize: Sampled);
        var (first, second) = (await pinned.Session.QueryAsync(query, cursor: null, cancellationToken), await other.Session.QueryAsync(query, cursor: null, cancellationToken));
        if (!first.TryGet(out var held, out _) || !second.TryGet(out var found, out _))
        {
            var failed = first.Failure is null;
            return failed ? [$"A query is refused there: {second.Failure!.Message}"] : second.Failure is null ? [$"A query is refused at the pinned version: {first.Failure!.Message}"] : [];
        }

        var told = await CountsAsync(pinned, other, old.Type, cancellationToken);

        // Both queries have the values already; only what the other page left out, as when somebody wrote in between, is asked for by id.
        var absent = held.Records.Select(record => record.Id).Except(found.Records.Select(record => record.Id)).ToList();
        var rest = absent.Count == 0 ? new RecordBatch([], []) : await other.Session.ReadAsync(old.Type, absent, fields, cancellationToken);
        return rest.TryGet(out var read, out var cannot)
            ? [.. told, .. Differences(held.Records, [.. found.Records, .. read.Records], fields, pinned.Descriptor.Values)]
            : [.. told, $"Records cannot be read there: {cannot.Message}"];
    }

    private static async Task<IReadOnlyList<string>> CountsAsync(OpenedSession pinned, OpenedSession other, RecordType type, CancellationToken cancellationToken)
    {
        var all = new RecordQuery(type, [], RecordFilter.Everything);
        var (before, after) = (await pinned.Session.CountAsync(all, cancellationToken), await other.Session.CountAsync(all, cancellationToken));
        return before.TryGet(out var held, out _) && after.TryGet(out var found, out _) && held != found
            ? [$"{held} records are counted at the pinned version and {found} there."]
            : [];
    }

    private IEnumerable<string> Differences(
        IReadOnlyList<NativeRecord> held, IReadOnlyList<NativeRecord> found, FieldDefinition[] fields, ValueDialect dialect)
    {
        var there = found.ToDictionary(record => record.RequestedId ?? record.Id, StringComparer.Ordinal);
        var lacking = held.Count(record => !there.ContainsKey(record.Id));
        if (lacking > 0)
        {
            yield return $"{lacking} of {held.Count} records are not found there.";
        }

        // Whatever was written a moment ago may stand in one answer and not yet in the other.
        var settled = time.GetUtcNow().AddMinutes(-1);
        foreach (var field in fields)
        {
            var differ = held.Count(record =>
                record.UpdatedAt < settled
                && there.TryGetValue(record.Id, out var same)
                && ValueReader.Read(field, record.Values.GetValueOrDefault(field.NativeName), dialect) != ValueReader.Read(field, same.Values.GetValueOrDefault(field.NativeName), dialect));
            if (differ > 0)
            {
                yield return $"{field.Name} reads otherwise there in {differ} of {held.Count} records.";
            }
        }
    }
}
