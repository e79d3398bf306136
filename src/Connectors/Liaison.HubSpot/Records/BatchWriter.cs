using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Wire;
using Liaison.Model;
using Liaison.Wire;

namespace Liaison.HubSpot.Records;

/// <summary>Sends updates and creates, each once; section 6.2 of contracts/hubspot.md.</summary>
internal sealed class BatchWriter(HubSpotApi api, BirthLinks births)
{
    internal async Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
        RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        List<WriteOutcome> outcomes = [.. writes.Select(Refused).OfType<WriteOutcome>()];
        var sound = writes.Where(write => Refused(write) is null).ToList();
        var updates = WriteInput.Updates(sound);
        List<WriteInput> creates = [];
        List<(RecordWrite Write, IReadOnlyList<BirthLink> Born)> born = [];
        foreach (var write in sound.Where(write => write.Id is null))
        {
            var resolved = await births.ResolveAsync(type, write.Links, cancellationToken);
            if (resolved.TryGet(out var links, out var refused))
            {
                creates.Add(WriteInput.Create(write, links));
                born.Add((write, links));
            }
            else
            {
                outcomes.Add(new(write.Key, null, refused));
            }
        }

        var updated = await SendAsync(type, "update", updates, cancellationToken);
        if (!updated.TryGet(out var told, out var failure))
        {
            return failure;
        }

        outcomes.AddRange(told);
        var created = await SendAsync(type, "create", creates, cancellationToken);
        if (created.TryGet(out told, out failure))
        {
            outcomes.AddRange(await births.LinkAsync(type, told, born));
        }
        else if (updates.Count == 0)
        {
            return failure;
        }
        else
        {
            // The updates stand, so the batch did not fail as a whole.
            outcomes.AddRange(creates.Select(input => new WriteOutcome(input.TraceId, null, failure)));
        }

        return outcomes;
    }

    /// <summary>Sends one batch of upserts: what it carries is made or changed by HubSpot itself, so that no lookup stands between.</summary>
    internal async Task<Result<IReadOnlyList<WriteOutcome>>> UpsertAsync(
        RecordType type, FieldDefinition by, IReadOnlyList<RecordUpsert> upserts, CancellationToken cancellationToken)
    {
        if (UniqueKey.Refuse(by) is { } refused)
        {
            return refused;
        }

        List<WriteOutcome> outcomes = [.. upserts.Select(upsert => Refused(upsert.Key, null, upsert.Values)).OfType<WriteOutcome>()];
        var sound = upserts.Where(upsert => Refused(upsert.Key, null, upsert.Values) is null);
        var sent = await SendAsync(type, "upsert", WriteInput.Upserts(by.NativeName, sound), cancellationToken);
        return sent.Then(told => Result<IReadOnlyList<WriteOutcome>>.Of([.. outcomes, .. told]));
    }

    // HubSpot ignores null without a word (contracts/hubspot.md 0.7): to send it would look like a clear and change nothing.
    private static WriteOutcome? Refused(RecordWrite write) => Refused(write.Key, write.Id, write.Values);

    private static WriteOutcome? Refused(string key, string? id, IReadOnlyDictionary<string, NativeValue> values)
    {
        var bare = values.FirstOrDefault(value => value.Value.Raw is null);

        return bare.Key is null ? null : new(key, id, new Failure(
            FailureKind.Invalid, "HubSpot ignores a null; clear the field with an empty text.") { Field = bare.Key });
    }

    private async Task<Result<IReadOnlyList<WriteOutcome>>> SendAsync(
        RecordType type, string verb, IReadOnlyList<WriteInput> inputs, CancellationToken cancellationToken)
    {
        if (inputs.Count == 0)
        {
            return Array.Empty<WriteOutcome>();
        }

        var native = HubSpotRecordTypes.Of(type).NativeName;
        var call = new CrmCall(CrmOperation.Write, $"{native}.batch-{verb}", HttpMethod.Post, api.Paths.Batch(native, verb))
        {
            Body = JsonBody.OfObject(writer => writer.WriteInputs(inputs, (input, write) => write.WriteTo(input))),
            RecordCount = inputs.Count,
        };

        // What was sent comes back among much else; it is what tells creates apart where HubSpot repeats no trace id.
        var sent = inputs.SelectMany(input => input.Values.Keys.Concat(input.Unique is { } key ? [key.Property] : [])).Distinct(StringComparer.Ordinal).ToList();
        var answer = await api.PostAsync(call, sent, cancellationToken);
        return answer.Then(found => Result<IReadOnlyList<WriteOutcome>>.Of(WriteMatcher.Match(inputs, found)));
    }
}
