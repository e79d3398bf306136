using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>Reads the data category filters of knowledge articles.</summary>
internal sealed class CategoryParser(TokenReader tokens)
{
    private static readonly string[] Selectors = ["AT", "ABOVE", "BELOW", "ABOVE_OR_BELOW"];

    public List<CategoryFilter>? Filters()
    {
        var filters = new List<CategoryFilter>();
        do
        {
            if (tokens.Name() is not { } group || Selector() is not { } selector || Categories() is not { } categories)
            {
                return null;
            }

            filters.Add(new CategoryFilter(group, selector, [.. categories]));
        }
        while (tokens.TryTake("AND"));
        return filters;
    }

    private string? Selector()
    {
        foreach (var selector in Selectors)
        {
            if (tokens.TryTake(selector))
            {
                return selector;
            }
        }

        tokens.Unexpected();
        return null;
    }

    private List<string>? Categories()
    {
        var inBrackets = tokens.TryTake("(");
        var categories = new List<string>();
        do
        {
            if (tokens.Name() is not { } category)
            {
                return null;
            }

            categories.Add(category);
        }
        while (inBrackets && tokens.TryTake(","));
        return !inBrackets || tokens.Expect(")") ? categories : null;
    }
}
