using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Schema;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Soql;

/// <summary>Counts and queries records; section 6 of contracts/salesforce.md.</summary>
/// <remarks>
/// Large pages go by the path under which Salesforce keeps the rest. Where it no longer does, or for small pages, the query
/// begins anew behind the last record given, so that none is lost or given twice.
/// </remarks>
internal sealed class QueryReader(RowSource rows, SchemaReader schemas, Uri host)
{
    // Salesforce counts off no further (contracts/salesforce.md 6.2).
    private const int LargestOffset = 2000;

    internal async Task<Result<long>> CountAsync(SalesforceObject target, RecordQuery query, CancellationToken cancellationToken)
    {
        if (!QueryPlan.Of(target, query).TryGet(out var plan, out var refused))
        {
            return refused;
        }

        if (plan.Condition is SoqlCondition.Never)
        {
            return 0L;
        }

        var read = await schemas.TellingCallsAsync(
            target,
            told => rows.FirstAsync(
                CrmOperation.Query, $"{target.Name}.count", (plan with { TellsCalls = told }).Count, SalesforceLimits.QueryPage, [], cancellationToken),
            cancellationToken);
        return read.Then<long>(page => page.Total is { } total
            ? total
            : new Failure(FailureKind.Unavailable, "Salesforce's answer has no count; try again."));
    }

    internal async Task<Result<RecordPage>> QueryAsync(SalesforceObject target, RecordQuery query, string? cursor, CancellationToken cancellationToken)
    {
        if (!QueryPlan.Of(target, query).TryGet(out var plan, out var refused))
        {
            return refused;
        }

        if (plan.Condition is SoqlCondition.Never)
        {
            return new RecordPage([], null, 0);
        }

        var after = cursor is null ? null : QueryCursor.Decode(cursor, plan.Name);
        if (cursor is not null && after is null)
        {
            return Refusals.BadCursor;
        }

        if (plan.Paging == Paging.Counted && after is { Rest: null, Offset: > LargestOffset })
        {
            return Refusals.PastTheOffset;
        }

        plan = plan with { TellsCalls = schemas.TellsCalls(target) };
        var fields = plan.Fields;
        var read = await ReadAsync(plan, after, fields, cancellationToken);
        if (read.Failure is { Kind: FailureKind.Drifted } drifted)
        {
            // The user no longer sees a field that was asked for. Those that are left are still worth having; which is lacking
            // shows in every record as missing. A condition of the query cannot be left out; that tasks are no calls can.
            if (!(await schemas.VisibleAsync(target.Name, fields, cancellationToken)).TryGet(out var visible, out refused))
            {
                return refused;
            }

            fields = [.. fields.Where(visible.Contains)];
            var seen = plan with { TellsCalls = schemas.TellsCalls(target) };
            read = fields.Count < plan.Fields.Count || seen.Condition != plan.Condition ? await ReadAsync(seen, after, fields, cancellationToken) : drifted;
        }

        return read.Then<RecordPage>(page => PageOf(plan, after, page, fields));
    }

    private async Task<Result<RowPage>> ReadAsync(QueryPlan plan, QueryCursor? after, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        if (after?.Rest is { } rest)
        {
            var next = await rows.NextAsync(CrmOperation.Query, $"{plan.Target.Name}.query-more", rest, fields, cancellationToken);
            if (next.Failure is not { Kind: FailureKind.Conflict })
            {
                return next;
            }

            if (plan.Paging == Paging.Counted)
            {
                return Refusals.Expired;
            }
        }

        return await rows.FirstAsync(
            CrmOperation.Query, $"{plan.Target.Name}.query", plan.Statement(after, fields), plan.PageSize, fields, cancellationToken);
    }

    private RecordPage PageOf(QueryPlan plan, QueryCursor? after, RowPage page, IReadOnlyList<string> fields)
    {
        // The size of a page is a hint to Salesforce and a promise to the caller.
        var given = page.Rows.Take(plan.PageSize).ToList();
        var cut = given.Count < page.Rows.Count;
        var more = cut || page.Next is not null || (plan.Small && given.Count == plan.PageSize);
        var next = more && given is [.., var last]
            ? new QueryCursor(
                plan.Name,
                last.Id,
                plan.Paging == Paging.ByTime ? last.TimeOf(plan.Order!) : null,
                cut || page.Next is not { } rest || !SalesforcePaths.IsRestOfQuery(rest) ? null : rest,
                (after?.Offset ?? 0) + given.Count)
            : null;

        return new(
            [.. given.Select(row => row.ToRecord(plan.Target.Type, plan.Wanted, host))],
            next?.Encode(),
            after is null && !plan.Small ? page.Total : null)
        {
            // A user who does not see the field sees the links elsewhere or not at all: that is for the reading of them to tell.
            Links = plan.Link is { } link && fields.Contains(link.Name) ? [.. given.SelectMany(plan.LinkOf)] : null,
        };
    }
}
