using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>Reads SOQL by the grammar of its reference.</summary>
internal static class SoqlParser
{
    private const int Longest = 100_000;

    /// <summary>Reads a statement as the REST resources take it.</summary>
    /// <param name="levels">How many levels of sub-queries it may have, its own among them; see <see cref="RestRules.LevelsOf"/>.</param>
    public static SoqlFault? ParseForRest(string text, out SoqlQuery query, int levels = RestRules.MostLevels) =>
        Parse(text, out query) ?? RestRules.Check(text, query, levels);

    /// <summary>Reads a statement; what only Apex may say is in the tree too.</summary>
    public static SoqlFault? Parse(string text, out SoqlQuery query)
    {
        query = null!;
        if (text.Length > Longest)
        {
            return new SoqlFault("MALFORMED_QUERY", $"SOQL statements cannot be longer than {Longest} characters.");
        }

        var tokens = new List<Token>();
        if (Lexer.Read(text, tokens) is { } unreadable)
        {
            return unreadable;
        }

        var reader = new TokenReader(text, tokens);
        if (new QueryParser(reader).Query() is { } tree && reader.Current.Kind == TokenKind.End && reader.Fault is null)
        {
            query = tree;
            return ShapeRules.Check(text, tree);
        }

        reader.Unexpected();
        return reader.Fault;
    }
}
