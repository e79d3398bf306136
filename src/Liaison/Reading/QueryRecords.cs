using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Policy;
using Liaison.Reading.Filters;

namespace Liaison.Reading;

/// <summary>Reads the records that fit a filter, a page at a time, and counts them.</summary>
public sealed class QueryRecords(TypeOpener types, TimeProvider time)
{
    /// <summary>Reads one page.</summary>
    internal async Task<Result<QueryPage>> ExecuteAsync(Permit permit, QueryRequest request, CancellationToken cancellationToken)
    {
        if (!(await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure)
            || !Compile(open, request).TryGet(out var query, out failure))
        {
            return failure;
        }

        Record Typed(NativeRecord native) =>
            RecordNormalizer.Normalize(native, open.Permitted, query.Fields, request.Connection, open.Dialect, time.GetUtcNow());

        // A cursor of a job is followed whatever is expected now; where no job is taken any more the query begins anew.
        var ofJob = JobPages.IsCursor(request.Cursor);
        var jobs = ofJob ? open.Jobs : request is { Cursor: null, Expected: { } expected } ? open.JobsFor(expected) : null;
        return jobs is not null
            ? (await new JobPages(open.Session, jobs, time).ReadAsync(query, request.Cursor, request.Expected ?? 0, Typed, cancellationToken))
                .Then<QueryPage>(page => new QueryPage(page.Records, page.Next, Total: null) { Links = page.Links })
            : (await open.Session.QueryAsync(query, ofJob ? null : request.Cursor, cancellationToken))
                .Then<QueryPage>(page => new QueryPage([.. page.Records.Select(Typed)], page.Next, page.Total) { Links = page.Links });
    }

    /// <summary>Counts the records.</summary>
    internal async Task<Result<long>> CountAsync(Permit permit, QueryRequest request, CancellationToken cancellationToken) =>
        (await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure)
        && Compile(open, request).TryGet(out var query, out failure)
            ? await open.Session.CountAsync(query, cancellationToken)
            : failure;

    private Result<RecordQuery> Compile(OpenType open, QueryRequest request)
    {
        if (!PermittedSchema.Resolve(open.Permitted, request.Fields).TryGet(out var fields, out var failure))
        {
            return failure;
        }

        var filter = RecordFilter.Everything;
        if (request.Where is { } where
            && !FilterParser.Parse(where)
                .Then(syntax => FilterBinder.Bind(syntax, open.Permitted, request.AsOf ?? time.GetUtcNow(), TimeZoneInfo.Utc))
                .TryGet(out filter, out failure))
        {
            return failure;
        }

        return new RecordQuery(request.Type, RecordNormalizer.WithNeeded(fields, open.Permitted), filter, PageSize: request.PageSize) { Linked = request.Linked };
    }
}
