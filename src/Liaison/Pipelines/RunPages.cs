using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>Reads the pages of a run's selection and adds what they hold to the run.</summary>
internal sealed class RunPages(IWorkStore work, LiaisonGateway gateway, Run run, IReadOnlyList<string> fields, string worker)
{
    private readonly RunParameters parameters = RunParameters.FromJson(run.Parameters);
    private long? left;

    public Task<Result<QueryPage>> ReadAsync(string? cursor, CancellationToken cancellationToken) => gateway.QueryAsync(
        run.Caller,
        new QueryRequest(run.Connection, RecordType.Contact, fields, parameters.Where, cursor) { AsOf = parameters.AsOf, Expected = parameters.Plan?.Records, Linked = RecordType.Company },
        cancellationToken);

    /// <summary>Adds the records that are new to the run, in the worker's hand.</summary>
    public async Task<IEnumerable<ClaimedRecord>> AddAsync(QueryPage page, TimeSpan lease, CancellationToken cancellationToken)
    {
        var records = page.Records.ToDictionary(record => record.Ref.Id, StringComparer.Ordinal);
        var items = await work.AddItemsAsync(
            run.Id, [.. page.Records.Select(record => record.Ref)], page.Next, worker, lease, cancellationToken);
        left = left is { } earlier
            ? earlier - page.Records.Count
            : parameters.Plan?.Records - (await work.CountAsync(run.Id, cancellationToken)).In;
        var links = page.Links?.ToLookup(link => link.FromId, StringComparer.Ordinal);
        return items.Select(item => new ClaimedRecord(item, records[item.Record.Id]) { Companies = links?[item.Record.Id].ToList() });
    }

    /// <summary>Tells whether what the plan still expects behind the pages that were added is less than so many records.</summary>
    /// <remarks>
    /// What fills no chunk more is worked on page by page, so that behind the last page of a run only that page is still to be done: a
    /// link or company call or two more, for the time of a whole chunk. Where more came than was planned nothing is known of the end.
    /// </remarks>
    public bool AreFewLeft(int records) => left is >= 0 and var expected && expected < records;
}
