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
    /// <param name="judge">Judges the reading of the parents' types that the request names fields of.</param>
    internal async Task<Result<QueryPage>> ExecuteAsync(Permit permit, QueryRequest request, JudgeRead judge, CancellationToken cancellationToken)
    {
        if (!(await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure)
            || !(await CompileAsync(open, request, judge, cancellationToken)).TryGet(out var compiled, out failure))
        {
            return failure;
        }

        var (schema, query) = compiled;
        Record Typed(NativeRecord native) =>
            RecordNormalizer.Normalize(native, schema, query.Fields, request.Connection, open.Dialect, time.GetUtcNow());

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
    /// <param name="judge">Judges the reading of the parents' types that the condition names fields of.</param>
    internal async Task<Result<long>> CountAsync(Permit permit, QueryRequest request, JudgeRead judge, CancellationToken cancellationToken) =>
        (await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure)
        && (await CompileAsync(open, request, judge, cancellationToken)).TryGet(out var compiled, out failure)
            ? await open.Session.CountAsync(compiled.Query, cancellationToken)
            : failure;

    private async Task<Result<(RecordSchema Schema, RecordQuery Query)>> CompileAsync(
        OpenType open, QueryRequest request, JudgeRead judge, CancellationToken cancellationToken)
    {
        FilterSyntax? syntax = null;
        if (request.Where is { } where && !FilterParser.Parse(where).TryGet(out syntax, out var failure))
        {
            return failure;
        }

        var names = request.Fields.Concat(syntax is null ? [] : FilterNames.Of(syntax));
        if (!(await new ParentPaths(types, open, judge).OpenAsync(names, cancellationToken)).TryGet(out var paths, out failure)
            || !PermittedSchema.Resolve(paths.Schema, [.. request.Fields.Select(paths.NameOf)]).TryGet(out var fields, out failure))
        {
            return failure;
        }

        var filter = RecordFilter.Everything;
        if (syntax is not null
            && !FilterBinder.Bind(FilterNames.Renamed(syntax, paths.NameOf), paths.Schema, request.AsOf ?? time.GetUtcNow(), TimeZoneInfo.Utc)
                .TryGet(out filter, out failure))
        {
            return failure;
        }

        var query = new RecordQuery(request.Type, RecordNormalizer.WithNeeded(fields, paths.Schema), filter, PageSize: request.PageSize) { Linked = request.Linked };
        return (paths.Schema, query);
    }
}
