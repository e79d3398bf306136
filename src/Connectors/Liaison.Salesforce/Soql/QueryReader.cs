using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Schema;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Soql;

/// <summary>Counts and queries records; section 6 of contracts/salesforce.md.</summary>
/// <remarks>
/// Large pages go by the locator under which Salesforce keeps the rest. Where it no longer does, or for small pages, the query
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

        var where = plan.Condition is SoqlCondition.Term term ? $" WHERE {term.Soql}" : "";
        var read = await rows.FirstAsync(
            CrmOperation.Query, $"{target.Name}.count", $"SELECT COUNT() FROM {target.Name}{where}", SalesforceLimits.QueryPage, [], cancellationToken);
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

        if (plan.Paging == Paging.Counted && after is { Locator: null, Offset: > LargestOffset })
        {
            return Refusals.PastTheOffset;
        }

        var fields = plan.Fields;
        var read = await ReadAsync(plan, after, fields, cancellationToken);
        if (read.Failure is { Kind: FailureKind.Drifted } drifted)
        {
            // The user no longer sees a field that was asked for. Those that are left are still worth having; which is lacking
            // shows in every record as missing. A condition cannot be left out.
            if (!(await schemas.VisibleAsync(target.Name, fields, cancellationToken)).TryGet(out var visible, out refused))
            {
                return refused;
            }

            fields = [.. fields.Where(visible.Contains)];
            read = fields.Count < plan.Fields.Count ? await ReadAsync(plan, after, fields, cancellationToken) : drifted;
        }

        return read.Then<RecordPage>(page => PageOf(plan, after, page, fields));
    }

    private async Task<Result<RowPage>> ReadAsync(QueryPlan plan, QueryCursor? after, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        if (after?.Locator is { } locator)
        {
            var next = await rows.NextAsync(CrmOperation.Query, $"{plan.Target.Name}.query-more", locator, fields, cancellationToken);
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
                cut || page.Next is not { } locator || !QueryCursor.IsLocator(locator) ? null : locator,
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
