namespace Liaison.Reading.Filters;

/// <summary>The kinds of token.</summary>
internal enum FilterTokenKind
{
    /// <summary>A run of characters that is none of the others.</summary>
    Word,

    /// <summary>A text between quotation marks.</summary>
    Quoted,

    /// <summary>One of <c>= == != &lt;&gt; &lt; &lt;= &gt; &gt;=</c>.</summary>
    Sign,

    /// <summary>A comma.</summary>
    Comma,

    /// <summary>An opening parenthesis.</summary>
    Open,

    /// <summary>A closing parenthesis.</summary>
    Close,

    /// <summary>The end of the text.</summary>
    End,
}

/// <summary>One token of a filter.</summary>
/// <param name="Text">The word, the sign, or the text between the marks with its escapes resolved.</param>
/// <param name="Column">Where it begins, from 1.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Column)
{
    /// <summary>Whether this is the word, whatever its case.</summary>
    public bool Is(string word) => Kind == FilterTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a refusal calls it; values of the caller are not repeated.</summary>
    public string Name => Kind switch
    {
        FilterTokenKind.End => "the end",
        FilterTokenKind.Quoted => "a quoted text",
        FilterTokenKind.Word when IsKeyword => $"\"{Text.ToLowerInvariant()}\"",
        FilterTokenKind.Word => "a word",
        _ => $"\"{Text}\"",
    };

    private bool IsKeyword => Is("and") || Is("or") || Is("not") || Is("is") || Is("in") || Is("between") || Is("contains");
}
