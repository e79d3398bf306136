using Liaison.Failures;

namespace Liaison.Reading.Filters;

/// <summary>Reads filters as people and models write them.</summary>
/// <remarks>
/// <code>
/// filter     = either | "everything" | "nothing"
/// either     = both { "or" both }            a comma beside "or" is refused; parentheses say what is meant
/// both       = part { ( "and" | "," ) part }
/// part       = "not" part | "(" filter ")" | condition
/// condition  = field operator
/// field      = word { word } | quoted
/// operator   = ( "is" | "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "before" | "after" | "on or after" | ... ) value
///            | "between" value "and" value
///            | [ "is" ] [ "not" ] "in" "(" value { "," value } ")"
///            | "contains" value
///            | "is empty" | "has a value" | ...
///            | "in the last" number ( "minutes" | "hours" | "days" | "weeks" )
/// value      = word { word } | quoted
/// </code>
/// A bare value ends at a comma, a parenthesis, <c>and</c> or <c>or</c>; whatever holds one of these is quoted. Values stay
/// text here: <see cref="FilterBinder"/> types them, so that nothing in a value can change the shape of a filter.
/// </remarks>
internal static class FilterParser
{
    private const int MaxLength = 10_000;

    /// <summary>Reads a filter; a refusal is one sentence with the column.</summary>
    public static Result<FilterSyntax> Parse(string text) => text.Length > MaxLength
        ? FilterFault.At(MaxLength, $"a filter has at most {MaxLength} characters")
        : FilterLexer.Read(text).Then(tokens => new FilterReading(tokens).Read());
}
