using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>What the language knows and the REST resources refuse, and how much a statement may ask (contract sections 6.2, 6.4, 16).</summary>
internal static class RestRules
{
    private const int FurthestOffset = 2_000;
    private const int MostSubQueries = 20;
    private const int LevelsBefore58 = 2;

    /// <summary>How many levels a statement may have from v58 on, its own among them.</summary>
    public const int MostLevels = 5;

    /// <summary>Gives how many levels a statement may have in a version, its own among them.</summary>
    public static int LevelsOf(int version) => version < 58 ? LevelsBefore58 : MostLevels;

    public static SoqlFault? Check(string text, SoqlQuery query, int levels) => Check(text, query, levels, depth: 0);

    private static SoqlFault? Check(string text, SoqlQuery query, int levels, int depth)
    {
        if (query.With is { Kind: not WithKind.DataCategory } mode)
        {
            return SoqlMessage.Unexpected(text, mode.Mark.Offset, "WITH");
        }

        if (query.ForUpdate)
        {
            return new SoqlFault("MALFORMED_QUERY", "FOR UPDATE is only allowed in Apex code");
        }

        if (query.AllRows)
        {
            return new SoqlFault("MALFORMED_QUERY", "ALL ROWS not allowed in this context");
        }

        if (query.Offset > FurthestOffset)
        {
            return new SoqlFault("NUMBER_OUTSIDE_VALID_RANGE", $"Maximum SOQL offset allowed is {FurthestOffset}");
        }

        var children = query.Select.OfType<SelectItem.Children>().Select(item => item.Query).ToList();
        if (children.Count > MostSubQueries)
        {
            return new SoqlFault("MALFORMED_QUERY", $"The number of sub-queries in a statement may not exceed {MostSubQueries}.");
        }

        if (children.Count > 0 && depth + 1 >= levels)
        {
            return SoqlMessage.At("MALFORMED_QUERY", text, children[0].From.Mark.Offset, $"SOQL statements cannot query aggregate relationships more than {levels - 1} {(levels == 2 ? "level" : "levels")} away from the root entity object.");
        }

        return children.Select(child => Check(text, child, levels, depth + 1)).FirstOrDefault(fault => fault is not null);
    }
}
