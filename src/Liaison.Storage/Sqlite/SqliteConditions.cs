namespace Liaison.Storage.Sqlite;

/// <summary>The conditions of a query that were asked for; the others stay out of its text.</summary>
/// <remarks>A condition that also allows null (<c>$run IS NULL OR run = $run</c>) would use no index.</remarks>
internal sealed class SqliteConditions
{
    private readonly List<string> texts = [];
    private readonly List<KeyValuePair<string, string>> values = [];
    private readonly List<KeyValuePair<string, long>> numbers = [];

    /// <summary>Adds a condition where there is a value for it.</summary>
    /// <param name="text">The condition, a constant that names the parameter.</param>
    public SqliteConditions Where(string text, string parameter, string? value)
    {
        if (value is not null)
        {
            texts.Add(text);
            values.Add(KeyValuePair.Create(parameter, value));
        }

        return this;
    }

    /// <summary>Adds a condition on a number where there is one.</summary>
    /// <param name="text">The condition, a constant that names the parameter.</param>
    public SqliteConditions Where(string text, string parameter, long? value)
    {
        if (value is { } number)
        {
            texts.Add(text);
            numbers.Add(KeyValuePair.Create(parameter, number));
        }

        return this;
    }

    /// <summary>Gets the clause; it is always true where nothing was asked for.</summary>
    public string Clause => texts.Count == 0 ? "1" : string.Join(" AND ", texts);

    public SqliteStatement Bind(SqliteStatement statement)
    {
        foreach (var (parameter, value) in values)
        {
            statement.With(parameter, value);
        }

        foreach (var (parameter, value) in numbers)
        {
            statement.With(parameter, value);
        }

        return statement;
    }
}
