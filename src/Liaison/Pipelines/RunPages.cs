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
        var links = page.Links?.ToLookup(link => link.FromId, StringComparer.Ordinal);
        return items.Select(item => new ClaimedRecord(item, records[item.Record.Id]) { Companies = links?[item.Record.Id].ToList() });
    }
}
