namespace Liaison.Storage.Postgres;

/// <summary>The conditions of a query that were asked for; the others stay out of its text.</summary>
internal sealed class PostgresConditions
{
    private readonly List<string> texts = [];
    private readonly List<Action<PostgresStatement>> bindings = [];

    /// <summary>Gets the clause; it is always true where nothing was asked for.</summary>
    public string Clause => texts.Count == 0 ? "true" : string.Join(" AND ", texts);

    /// <summary>Adds a condition where there is a value for it.</summary>
    /// <param name="text">The condition, a constant that names the parameter.</param>
    public PostgresConditions Where(string text, string parameter, string? value) =>
        Add(text, value is not null, statement => statement.With(parameter, value));

    /// <summary>Adds a condition on a time where there is one.</summary>
    /// <param name="text">The condition, a constant that names the parameter.</param>
    public PostgresConditions Where(string text, string parameter, DateTimeOffset? value) =>
        Add(text, value is not null, statement => statement.With(parameter, value));

    /// <summary>Adds a condition on a number where there is one.</summary>
    /// <param name="text">The condition, a constant that names the parameter.</param>
    public PostgresConditions Where(string text, string parameter, long? value) =>
        Add(text, value is not null, statement => statement.With(parameter, value));

    /// <summary>Adds a condition on a list of texts where there is one.</summary>
    /// <param name="text">The condition, a constant that names the parameter.</param>
    public PostgresConditions Where(string text, string parameter, IReadOnlyList<string>? values) =>
        Add(text, values is not null, statement => statement.With(parameter, [.. values!]));

    public PostgresStatement Bind(PostgresStatement statement)
    {
        bindings.ForEach(bind => bind(statement));
        return statement;
    }

    private PostgresConditions Add(string text, bool isAsked, Action<PostgresStatement> bind)
    {
        if (isAsked)
        {
            texts.Add(text);
            bindings.Add(bind);
        }

        return this;
    }
}
