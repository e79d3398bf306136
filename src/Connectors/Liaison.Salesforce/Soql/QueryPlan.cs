using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Records;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Soql;

/// <summary>How a query is carried through its pages.</summary>
internal enum Paging
{
    /// <summary>In order of the ids.</summary>
    ById,

    /// <summary>In order of a time that every record has, and of the ids among records of one time.</summary>
    ByTime,

    /// <summary>In an order of which a record may lack the value, so that no page can begin behind the last record.</summary>
    Counted,
}

/// <summary>One query: its statement at any place, and the fields to ask for.</summary>
/// <param name="Asked">What the query asks of the rows; <see cref="Condition"/> is that with what makes them rows of the type.</param>
/// <param name="Order">The field that the result is ordered by; <see langword="null"/> for the id alone.</param>
internal sealed record QueryPlan(
    SalesforceObject Target, SoqlCondition Asked, string? Order, bool Descending, Paging Paging, IReadOnlyList<string> Wanted, int PageSize)
{
    // Pages so small are asked for by LIMIT: Salesforce lets no page of its own be smaller (contracts/salesforce.md 3.4).
    internal bool Small => PageSize < SalesforceLimits.LeastQueryPage;

    /// <summary>Gets a value indicating whether tasks are told from calls: not to a user who does not see the field that does, to whom calls are tasks.</summary>
    internal bool TellsCalls { get; init; } = true;

    /// <summary>Gets what a row has to be.</summary>
    internal SoqlCondition Condition => Target.SubtypeCondition(TellsCalls) is { } subtype ? Asked.And(new SoqlCondition.Term(subtype)) : Asked;

    /// <summary>Gets the field whose links come along; <see langword="null"/> where none are asked for, or no field of the row holds them.</summary>
    internal LinkRule.Field? Link { get; private init; }

    /// <summary>Gets the fields of a row: those that tell who it is, the wanted ones, and the one that holds its link.</summary>
    internal IReadOnlyList<string> Fields
    {
        get
        {
            var fields = SystemFields.All.Union(Wanted, StringComparer.OrdinalIgnoreCase);
            return [.. Link is null ? fields : fields.Union([Link.Name], StringComparer.OrdinalIgnoreCase)];
        }
    }

    /// <summary>Gets the statement of everything, in the order of Salesforce's choice.</summary>
    internal string Whole => $"SELECT {string.Join(", ", Fields)} FROM {Target.Name}{Where(Condition)}";

    /// <summary>Gets the statement that counts the rows.</summary>
    internal string Count => $"SELECT COUNT() FROM {Target.Name}{Where(Condition)}";

    /// <summary>Gets the name under which the query's cursors are known: that of the whole statement, whatever the user sees of it.</summary>
    internal string Name => QueryCursor.NameOf($"{(this with { TellsCalls = true }).Statement(null, Fields)} {PageSize}");

    internal static Result<QueryPlan> Of(SalesforceObject target, RecordQuery query)
    {
        // A definition of the query knows best; a filter may also name a field that the query does not ask for.
        string Native(string name) => query.Fields.FirstOrDefault(field => field.Name == name)?.NativeName ?? target.NativeNameOf(name);

        var wanted = query.Fields.Select(field => field.NativeName).Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Find(field => !ConditionCompiler.IsPath(field)) is { } odd)
        {
            return Refusals.NoSuchField(odd);
        }

        var order = query.Sort is { } sort ? Native(sort.Field) : null;
        if (order is not null && !ConditionCompiler.IsPath(order))
        {
            return Refusals.NoSuchField(query.Sort!.Field);
        }

        var paging = order switch
        {
            null or SystemFields.Id => Paging.ById,
            SystemFields.Created or SystemFields.Updated or SystemFields.Stamp => Paging.ByTime,
            _ => Paging.Counted,
        };
        return new ConditionCompiler(Native).Compile(query.Filter).Then<QueryPlan>(condition => new QueryPlan(
            target,
            condition,
            paging == Paging.ById ? null : order,
            query.Sort?.Descending ?? false,
            paging,
            wanted,
            Math.Clamp(query.PageSize ?? SalesforceLimits.QueryPage, 1, SalesforceLimits.QueryPage))
        {
            Link = query.Linked is { } linked ? LinkRule.HeldBy(target.Type, linked) : null,
        });
    }

    /// <summary>Gives the link of a row, where it has one.</summary>
    internal IEnumerable<Association> LinkOf(SalesforceRow row) => Link is null ? [] : LinkReader.LinkOf(row, Link);

    /// <summary>Writes the statement that begins behind a cursor.</summary>
    internal string Statement(QueryCursor? after, IReadOnlyList<string> fields)
    {
        var condition = after is null ? Condition : Condition.And(Behind(after));
        var where = Where(condition);
        var direction = Descending ? " DESC" : "";
        var order = Order is null ? $"Id{direction}" : $"{Order}{direction}, Id{direction}";
        var limit = Small ? $" LIMIT {PageSize}" : "";
        var offset = Paging == Paging.Counted && after is { Offset: > 0 } ? $" OFFSET {after.Offset}" : "";

        return $"SELECT {string.Join(", ", fields)} FROM {Target.Name}{where} ORDER BY {order}{limit}{offset}";
    }

    private static string Where(SoqlCondition condition) => condition is SoqlCondition.Term term ? $" WHERE {term.Soql}" : "";

    private SoqlCondition Behind(QueryCursor after)
    {
        var comparison = Descending ? "<" : ">";
        var id = new SoqlCondition.Term($"Id {comparison} {SoqlLiteral.Quoted(after.LastId)}");
        if (Paging == Paging.Counted)
        {
            return SoqlCondition.Everything;
        }

        if (Paging == Paging.ById || after.LastTime is not { } time)
        {
            return id;
        }

        var literal = SoqlLiteral.Instant(time);
        return new SoqlCondition.Term($"{Order} {comparison} {literal}").Or(new SoqlCondition.Term($"{Order} = {literal}").And(id));
    }
}
