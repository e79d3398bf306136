using System.Text.Json;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;
using Liaison.Wire;

namespace Liaison.Salesforce.Records;

/// <summary>Sends records in collections of 200, and several collections in one composite call; section 7 of contracts/salesforce.md.</summary>
/// <remarks>
/// No record waits for another: <c>allOrNone</c> is false and said, at both levels. The outcomes are in the order of the records;
/// a collection that was refused as a whole gives its failure to each of its records, since the others may have been written.
/// </remarks>
internal sealed class CollectionSender(SalesforceApi api)
{
    /// <param name="path">Where they are sent to, where it is not the plain collection.</param>
    internal async Task<IReadOnlyList<CollectionOutcome>> SendAsync(
        CrmOperation operation, string name, HttpMethod method, IReadOnlyList<CollectionItem> items, CancellationToken cancellationToken, string? path = null)
    {
        List<CollectionOutcome> outcomes = [];
        foreach (var group in items.Chunk(SalesforceLimits.Collection).Chunk(SalesforceLimits.CollectionsPerCall))
        {
            outcomes.AddRange(group is [var only]
                ? await SendOneAsync(operation, name, method, path ?? api.Paths.Collections, only, cancellationToken)
                : await SendSeveralAsync(operation, name, method, path ?? api.Paths.Collections, group, cancellationToken));
        }

        return outcomes;
    }

    /// <summary>Deletes records, at most one collection of them.</summary>
    internal async Task<IReadOnlyList<CollectionOutcome>> DeleteAsync(
        CrmOperation operation, string name, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var call = new CrmCall(operation, name, HttpMethod.Delete, api.Paths.Delete(ids)) { Headers = SalesforceApi.Writing, RecordCount = ids.Count };
        return Whole(await api.SendAsync(call, cancellationToken), operation, ids.Count);
    }

    private async Task<IReadOnlyList<CollectionOutcome>> SendOneAsync(
        CrmOperation operation, string name, HttpMethod method, string path, CollectionItem[] items, CancellationToken cancellationToken)
    {
        var call = new CrmCall(operation, name, method, path)
        {
            Body = JsonBody.OfObject(writer => Write(writer, items)),
            Headers = SalesforceApi.Writing,
            RecordCount = items.Length,
        };
        return Whole(await api.SendAsync(call, cancellationToken), operation, items.Length);
    }

    private async Task<IReadOnlyList<CollectionOutcome>> SendSeveralAsync(
        CrmOperation operation, string name, HttpMethod method, string path, CollectionItem[][] group, CancellationToken cancellationToken)
    {
        var call = new CrmCall(operation, $"{name}-composite", HttpMethod.Post, api.Paths.Composite)
        {
            Body = JsonBody.OfObject(writer =>
            {
                writer.WriteBoolean("allOrNone", false);

                // In the order given, since triggers fire in the order of execution (contracts/salesforce.md 7).
                writer.WriteBoolean("collateSubrequests", false);
                writer.WriteStartArray("compositeRequest");
                for (var place = 0; place < group.Length; place++)
                {
                    WritePart(writer, ReferenceOf(place), method, path, group[place]);
                }

                writer.WriteEndArray();
            }),
            Headers = SalesforceApi.Writing,
            RecordCount = group.Sum(items => items.Length),
        };

        var sent = await api.SendAsync(call, cancellationToken);
        var read = sent.Then(answer => SalesforceApi.Parse(answer, CompositeAnswer.Read, operation));
        if (!read.TryGet(out var parts, out var failure))
        {
            return [.. group.SelectMany(items => Each(items.Length, failure))];
        }

        var byReference = parts.ToLookup(part => part.Reference, StringComparer.Ordinal);
        return [.. group.SelectMany((items, place) => byReference[ReferenceOf(place)].FirstOrDefault() is { } part
            ? OutcomesOf(part, operation, items.Length)
            : Each(items.Length, Untold()))];
    }

    private static void WritePart(Utf8JsonWriter writer, string reference, HttpMethod method, string path, CollectionItem[] items)
    {
        writer.WriteStartObject();
        writer.WriteString("method", method.Method);
        writer.WriteString("url", path);
        writer.WriteString("referenceId", reference);
        writer.WriteStartObject("httpHeaders");
        foreach (var (header, value) in SalesforceApi.Writing)
        {
            writer.WriteString(header, value);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("body");
        Write(writer, items);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CollectionItem[] items)
    {
        writer.WriteBoolean("allOrNone", false);
        writer.WriteStartArray("records");
        foreach (var item in items)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    private static IReadOnlyList<CollectionOutcome> Whole(Result<CrmAnswer> sent, CrmOperation operation, int count)
    {
        var read = sent.Then(answer => SalesforceApi.Parse(
            answer,
            body =>
            {
                using var document = JsonDocument.Parse(body);
                return CollectionOutcome.ReadAll(document.RootElement, count);
            },
            operation));
        return read.TryGet(out var outcomes, out var failure) ? outcomes : Each(count, failure);
    }

    private static IReadOnlyList<CollectionOutcome> OutcomesOf(CompositeAnswer part, CrmOperation operation, int count)
    {
        if (!part.Succeeded)
        {
            return Each(count, SalesforceErrors.Of(ErrorReader.Read(part.Body), part.Status, changesRecords: true));
        }

        try
        {
            return CollectionOutcome.ReadAll(part.Body, count);
        }
        catch (JsonException)
        {
            return Each(count, Untold());
        }
    }

    private static Failure Untold() => new(
        FailureKind.Ambiguous, "Salesforce's answer does not say what became of these records; read them to see.");

    private static IReadOnlyList<CollectionOutcome> Each(int count, Failure failure) => [.. Enumerable.Repeat(new CollectionOutcome(null, failure), count)];

    private static string ReferenceOf(int place) => $"part{place}";
}
