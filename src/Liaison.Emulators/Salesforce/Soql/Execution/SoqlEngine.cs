using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Parsing;
using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Execution;

/// <summary>Runs statements as one user: text in, what was found or the fault out.</summary>
internal static class SoqlEngine
{
    /// <summary>Parses, looks up and runs a statement.</summary>
    /// <param name="withDeleted">Whether the recycle bin is read too (queryAll).</param>
    /// <param name="levels">How many levels of sub-queries it may have; see <see cref="RestRules.LevelsOf"/>.</param>
    public static SoqlFault? Run(string text, ISoqlSchema schema, bool withDeleted, out SoqlResult result, int levels = RestRules.MostLevels) =>
        Run(text, schema, withDeleted, only: null, out result, levels);

    /// <summary>Runs a statement over those records alone that a search has found.</summary>
    public static SoqlFault? Run(string text, ISoqlSchema schema, bool withDeleted, Func<ISoqlObject, ISoqlRow, bool>? only, out SoqlResult result, int levels = RestRules.MostLevels)
    {
        result = null!;
        if (SoqlParser.ParseForRest(text, out var query, levels) is { } malformed)
        {
            return malformed;
        }

        var context = new BindContext(text, schema, withDeleted);
        if (Run(context, query, only) is { } found && context.Fault is null)
        {
            result = found;
        }

        return context.Fault;
    }

    /// <summary>Parses and looks up a statement that answers with records, and runs nothing.</summary>
    /// <param name="source">The object that it reads.</param>
    public static SoqlFault? Bind(string text, ISoqlSchema schema, out RowPlan plan, out string source)
    {
        (plan, source) = (null!, "");
        if (SoqlParser.ParseForRest(text, out var query) is { } malformed)
        {
            return malformed;
        }

        var context = new BindContext(text, schema, withDeleted: false);
        if (Sight(context, query) is { } scope && new StatementBinder(context).Bind(scope, query) is { } statement)
        {
            (plan, source) = (statement.Plan, statement.Source.Name);
        }

        return context.Fault;
    }

    private static SoqlResult? Run(BindContext context, SoqlQuery query, Func<ISoqlObject, ISoqlRow, bool>? only)
    {
        if (Sight(context, query) is not { } scope)
        {
            return null;
        }

        if (GroupBinder.IsGrouped(query))
        {
            return new GroupBinder(context, scope).Run(query);
        }

        if (query.Select is [SelectItem.CountRows])
        {
            return new StatementBinder(context).Where(scope, query) is { } where
                ? new SoqlResult.Count(Candidates.Of(scope, query.Where, context.WithDeleted).Where(where).Skip(query.Offset ?? 0).Take(query.Limit ?? int.MaxValue).Count())
                : null;
        }

        if (new StatementBinder(context).Bind(scope, query) is not { } statement)
        {
            return null;
        }

        var candidates = Candidates.Of(scope, query.Where, context.WithDeleted);
        return statement.Run(only is null ? candidates : candidates.Where(row => only(scope.Object, row)));
    }

    /// <summary>Looks up FROM.</summary>
    private static Scope? Sight(BindContext context, SoqlQuery query)
    {
        if (query.From.Qualifier is not null)
        {
            context.Refuse("MALFORMED_QUERY", query.From.Mark.Offset, "unexpected token: '.'");
            return null;
        }

        if (query.With is { } with)
        {
            context.Refuse("MALFORMED_QUERY", with.Mark.Offset, "WITH DATA CATEGORY is for objects that have data categories");
            return null;
        }

        return Scope.Find(context, query.From) is { } source ? new Scope(context, source, query.From, query.Joins) : null;
    }
}
