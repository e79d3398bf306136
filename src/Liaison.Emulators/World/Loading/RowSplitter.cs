using System.Text;

namespace Liaison.Emulators.World.Loading;

/// <summary>One row's fields and what was odd about its quotes.</summary>
/// <param name="StrayQuote">A quote stood where none may; it was taken as a character.</param>
/// <param name="OpenQuote">A quoted field did not end.</param>
internal sealed record SplitRow(IReadOnlyList<string> Fields, bool StrayQuote, bool OpenQuote);

/// <summary>Parts rows into fields, lenient with quotes: one that does not end its field is a character of it.</summary>
internal sealed class RowSplitter(char delimiter)
{
    /// <summary>The likeliest delimiter of a header: the commonest outside quotes, else the commonest.</summary>
    public static char Sniff(string header)
    {
        var bare = string.Concat(header.Split('"').Where((_, index) => index % 2 == 0));
        char[] known = [',', ';', '\t', '|'];

        return new[] { bare, header }
            .Select(text => known.MaxBy(mark => text.Count(letter => letter == mark)))
            .Zip([bare, header], (mark, text) => text.Contains(mark, StringComparison.Ordinal) ? mark : '\0')
            .FirstOrDefault(mark => mark != '\0', ',');
    }

    /// <summary>All quotes are characters: for a row whose quotes make no sense.</summary>
    public SplitRow SplitPlain(string text) => new(text.Split(delimiter), StrayQuote: true, OpenQuote: false);

    public SplitRow Split(string text)
    {
        var fields = new List<string>();
        var stray = false;
        var at = 0;

        while (true)
        {
            var open = QuoteAt(text, at);
            var field = open >= 0 ? Quoted(text, open + 1) : Bare(text, at);
            fields.Add(field.Value);
            stray |= field.Stray;

            if (field.Unended || field.End >= text.Length)
            {
                return new SplitRow(fields, stray, field.Unended);
            }

            at = field.End + 1;
        }
    }

    private static int QuoteAt(string text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at < text.Length && text[at] == '"' ? at : -1;
    }

    private Field Bare(string text, int at)
    {
        var end = text.IndexOf(delimiter, at);
        var value = end < 0 ? text[at..] : text[at..end];

        return new Field(value, end < 0 ? text.Length : end, value.Contains('"', StringComparison.Ordinal), Unended: false);
    }

    private Field Quoted(string text, int at)
    {
        var value = new StringBuilder();
        var stray = false;

        for (; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                value.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                value.Append('"');
                at++;
            }
            else if (EndAfter(text, at + 1) is var end and >= 0)
            {
                return new Field(value.ToString(), end, stray, Unended: false);
            }
            else
            {
                stray = true;
                value.Append('"');
            }
        }

        return new Field(value.ToString(), text.Length, stray, Unended: true);
    }

    private int EndAfter(string text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at == text.Length || text[at] == delimiter ? at : -1;
    }

    private readonly record struct Field(string Value, int End, bool Stray, bool Unended);
}
