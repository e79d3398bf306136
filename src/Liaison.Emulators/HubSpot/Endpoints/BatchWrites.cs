using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Writing;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Creating, changing and archiving many records: the outcome matrix of contract section 6.2.</summary>
internal sealed class BatchWrites(Refusals refusals, WriteChecks checks, ObjectWrites single, RecordWriter writer, BatchAnswer answer)
{
    public Reply Create(Call call)
    {
        if ((Begin(call, out var type) ?? checks.RefuseShapeless(call.Items("inputs"))) is { } refused)
        {
            return refused;
        }

        var inputs = new List<(PreparedWrite Write, string? Trace, List<WantedLink> Links)>();
        var faults = new List<ValueFault>();
        foreach (var input in call.Items("inputs"))
        {
            var links = new List<WantedLink>();
            var write = WriteChecks.Prepare(call, type, input, null, faults);
            if (AssociationInputs.ReadWanted(refusals, call, type, input, links) is { } wrongLink)
            {
                return wrongLink;
            }

            inputs.Add((write, input.TextOf("objectWriteTraceId"), links));
        }

        if (RefuseAll(call, type, faults, [.. inputs.Select(input => (input.Write, (CrmRecord?)null))]) is { } invalid)
        {
            return invalid;
        }

        // Without trace ids a conflict fails the whole batch, and before anything is made.
        if (Untraceable(type, inputs) is { } existing)
        {
            return refusals.Conflict(type, existing);
        }

        var results = new List<Action<Utf8JsonWriter>>();
        var conflicts = new List<BatchFault>();
        foreach (var (write, trace, links) in inputs)
        {
            if (ObjectWrites.Existing(type, write) is { } holder)
            {
                conflicts.Add(Conflict(type, trace, holder));
                continue;
            }

            var (record, touched) = single.CreateNow(call, type, write, links);
            results.Add(json => RecordJson.Write(json, call, type, record, Selection.Written(call, type, touched), written: write, traceId: trace));
        }

        return answer.Of(call, 201, results, conflicts);
    }

    public Reply Update(Call call)
    {
        if ((Begin(call, out var type) ?? checks.RefuseShapeless(call.Items("inputs"))) is { } refused)
        {
            return refused;
        }

        if (RefuseRepeats(call) is { } repeated)
        {
            return repeated;
        }

        var found = new List<(CrmRecord Record, PreparedWrite Write, string? Trace)>();
        var missing = new List<string>();
        var faults = new List<ValueFault>();
        foreach (var input in call.Items("inputs"))
        {
            var (id, idProperty) = (input.TextOf("id") ?? "", input.TextOf("idProperty"));
            if (single.RefuseWriteKey(type, idProperty) is { } wrongKey)
            {
                return wrongKey;
            }

            // A schema fault fails the batch even where the record does not exist.
            var known = RecordAccess.TryFindForWrite(call, type, id, idProperty, out var record);
            var write = WriteChecks.Prepare(call, type, input, record, faults);
            if (known)
            {
                found.Add((record!, write, input.TextOf("objectWriteTraceId")));
            }
            else
            {
                missing.Add(id);
            }
        }

        if (RefuseAll(call, type, faults, [.. found.Select(input => (input.Write, (CrmRecord?)input.Record))]) is { } invalid)
        {
            return invalid;
        }

        if (Taken(type, found) is { } taken)
        {
            return refusals.Conflict(type, taken);
        }

        var results = new List<Action<Utf8JsonWriter>>(found.Count);
        foreach (var (record, write, trace) in found)
        {
            var touched = writer.Update(type, record, write, ObjectWrites.SourceOf(call));
            results.Add(json => RecordJson.Write(json, call, type, record, Selection.Written(call, type, touched), written: write, traceId: trace));
        }

        return answer.Of(call, 200, results, missing.Count == 0 ? [] : [BatchReads.NotFound(type, missing)]);
    }

    /// <summary>Archives; unknown ids count as done.</summary>
    public Reply Archive(Call call)
    {
        if (Begin(call, out var type) is { } refused)
        {
            return refused;
        }

        foreach (var input in call.Items("inputs"))
        {
            if (RecordAccess.TryFindForWrite(call, type, input.TextOf("id") ?? "", null, out var record))
            {
                writer.Archive(type, record);
            }
        }

        return Reply.NoContent;
    }

    /// <summary>Resolves the type and the size of the batch.</summary>
    public Reply? Begin(Call call, out ObjectType type)
    {
        type = null!;
        if (!call.Account.TryGetType(call["type"], out var found))
        {
            return refusals.UnknownType(call["type"]);
        }

        type = found;
        return BatchReads.RefuseSize(refusals, call, BatchReads.Largest);
    }

    /// <summary>Refuses a batch that names one record twice.</summary>
    public Reply? RefuseRepeats(Call call)
    {
        var repeated = call.Items("inputs").Select(input => input.TextOf("id")).OfType<string>()
            .GroupBy(id => id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        return repeated.Count == 0 ? null : refusals.Validation(
            $"Duplicate IDs found in batch input: [{string.Join(", ", repeated)}]. IDs must be unique", "ids", repeated);
    }

    /// <summary>Judges the whole batch: one wrong value and nothing is applied, without saying which record it was.</summary>
    public Reply? RefuseAll(Call call, ObjectType type, IReadOnlyList<ValueFault> faults, IReadOnlyList<(PreparedWrite Write, CrmRecord? Current)> writes)
    {
        if (faults.Count > 0)
        {
            return checks.Invalid([.. faults.Distinct()]);
        }

        foreach (var (write, current) in writes)
        {
            if (Requirements.Missing(call, type, write, current) is { Count: > 0 } missing)
            {
                return checks.Incomplete(type, missing, current is null);
            }
        }

        return checks.RefuseLocked(call, type, writes.Select(write => write.Write));
    }

    public static BatchFault Conflict(ObjectType type, string? trace, long holder)
    {
        var existing = holder.ToString(CultureInfo.InvariantCulture);
        return new BatchFault("CONFLICT", $"{type.Title} already exists. Existing ID: {existing}", null, [("objectWriteTraceId", trace is null ? [] : [trace]), ("existingId", [existing])]);
    }

    /// <summary>Finds a conflict that no trace id could be reported for: with a record, or within the batch.</summary>
    private static long? Untraceable(ObjectType type, IEnumerable<(PreparedWrite Write, string? Trace, List<WantedLink> Links)> inputs)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (write, trace, _) in inputs)
        {
            var existing = ObjectWrites.Existing(type, write);
            foreach (var (property, value) in write.Values.Where(value => value.Property.HasUniqueValue && value.Value.Length > 0))
            {
                existing ??= seen.Add($"{property.Name}\n{value}") ? null : 0;
            }

            if (existing is not null && trace is null)
            {
                return existing;
            }
        }

        return null;
    }

    private static long? Taken(ObjectType type, IEnumerable<(CrmRecord Record, PreparedWrite Write, string? Trace)> found) =>
        found.Select(input => ObjectWrites.Existing(type, input.Write, input.Record.Id)).FirstOrDefault(holder => holder is not null);
}
