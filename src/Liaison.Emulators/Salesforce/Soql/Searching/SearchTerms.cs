using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Searching;

/// <summary>The words of a search: all must be found, each at the beginning of a word; * and ? stand for characters.</summary>
internal sealed class SearchTerms
{
    private static readonly char[] Breaks = [' ', '\t', '\n', '\r', ',', ';', '.', '@', '-', '_', '/', '(', ')', '"', '\''];

    private readonly LikePattern[] _words;

    public SearchTerms(string text) =>
        _words = [.. text.Split(Breaks, StringSplitOptions.RemoveEmptyEntries).Select(word => new LikePattern(Pattern(word)))];

    /// <summary>Looks through the texts of a record that a group of fields names.</summary>
    public bool Match(ISoqlObject of, ISoqlRow row, SearchGroup group)
    {
        var words = of.Fields.Where(field => IsIn(group, field))
            .SelectMany(field => (row.Read(field) as string ?? "").Split(Breaks, StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        return _words.Length > 0 && Array.TrueForAll(_words, wanted => words.Exists(wanted.Matches));
    }

    private static bool IsIn(SearchGroup group, SoqlField field) => group switch
    {
        SearchGroup.Name => field.Name is "Name" or "FirstName" or "LastName" or "Subject" or "Title",
        SearchGroup.Email => field.Type == SoqlType.Email,
        SearchGroup.Phone => field.Type == SoqlType.Phone,
        SearchGroup.All => field.Type is SoqlType.String or SoqlType.TextArea or SoqlType.Email or SoqlType.Phone or SoqlType.Url or SoqlType.Picklist,
    };

    private static string Pattern(string word) =>
        word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace('*', '%').Replace('?', '_') + "%";
}
