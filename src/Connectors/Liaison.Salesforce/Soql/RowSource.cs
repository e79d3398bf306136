using System.Text.Json;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;
using Liaison.Wire;

namespace Liaison.Salesforce.Soql;

/// <summary>Sends statements and reads their rows, whatever their length and however many pages they come in.</summary>
internal sealed class RowSource(SalesforceApi api)
{
    private const string Reference = "rows";

    /// <summary>Reads the first page of a statement.</summary>
    /// <param name="size">How many rows a page is to have; Salesforce may give fewer whatever is asked (contracts/salesforce.md 6.1).</param>
    internal async Task<Result<RowPage>> FirstAsync(
        CrmOperation operation, string name, string soql, int size, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        if (soql.Length > SalesforceLimits.StatementLength)
        {
            return Refusals.TooLong;
        }

        var path = api.Paths.Query(soql);
        var reader = new RowReader(fields);
        if (SalesforcePaths.IsTooLong(path))
        {
            return await InBodyAsync(operation, name, path, size, reader, cancellationToken);
        }

        var sent = await api.SendAsync(
            new(operation, name, HttpMethod.Get, path) { Headers = Sized(size), RecordCount = size }, cancellationToken);
        return sent.Then(answer => SalesforceApi.Parse(answer, reader.ReadPage));
    }

    /// <summary>Reads the page that lies under a path which an answer gave.</summary>
    internal async Task<Result<RowPage>> NextAsync(
        CrmOperation operation, string name, string rest, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        var sent = await api.SendAsync(new(operation, name, HttpMethod.Get, rest), cancellationToken);
        return sent.Then(answer => SalesforceApi.Parse(answer, new RowReader(fields).ReadPage));
    }

    /// <summary>Reads a statement to its end.</summary>
    internal async Task<Result<IReadOnlyList<SalesforceRow>>> AllAsync(
        CrmOperation operation, string name, string soql, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        List<SalesforceRow> rows = [];
        var read = await FirstAsync(operation, name, soql, SalesforceLimits.QueryPage, fields, cancellationToken);
        while (true)
        {
            if (!read.TryGet(out var page, out var refused))
            {
                return refused;
            }

            rows.AddRange(page.Rows);
            if (page.Next is not { } rest)
            {
                return rows;
            }

            read = await NextAsync(operation, name, rest, fields, cancellationToken);
        }
    }

    // A statement too long for a URI travels in the body of a composite call, which counts as one.
    private async Task<Result<RowPage>> InBodyAsync(
        CrmOperation operation, string name, string path, int size, RowReader reader, CancellationToken cancellationToken)
    {
        var call = new CrmCall(operation, name, HttpMethod.Post, api.Paths.Composite)
        {
            Body = JsonBody.OfObject(writer =>
            {
                writer.WriteBoolean("allOrNone", false);
                writer.WriteStartArray("compositeRequest");
                writer.WriteStartObject();
                writer.WriteString("method", "GET");
                writer.WriteString("url", path);
                writer.WriteString("referenceId", Reference);
                writer.WriteStartObject("httpHeaders");
                foreach (var (header, value) in Sized(size))
                {
                    writer.WriteString(header, value);
                }

                writer.WriteEndObject();
                writer.WriteEndObject();
                writer.WriteEndArray();
            }),
            RecordCount = size,
        };

        var sent = await api.SendAsync(call, cancellationToken);
        return sent.Then(answer => SalesforceApi.Parse(answer, body => CompositeAnswer.Read(body).SingleOrDefault())).Then(part =>
            part.Succeeded
                ? SalesforceApi.Parse(new CrmAnswer(part.Status, JsonSerializer.SerializeToUtf8Bytes(part.Body, CompositeJson.Default.JsonElement), null), reader.ReadPage)
                : SalesforceErrors.Of(ErrorReader.Read(part.Body), part.Status, changesRecords: false));
    }

    private static Dictionary<string, string> Sized(int size) => new()
    {
        [SalesforceApi.Client.Key] = SalesforceApi.Client.Value,
        ["Sforce-Query-Options"] = $"batchSize={Math.Clamp(size, SalesforceLimits.LeastQueryPage, SalesforceLimits.QueryPage)}",
    };
}
