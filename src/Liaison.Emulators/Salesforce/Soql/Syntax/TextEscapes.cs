using System.Globalization;
using System.Text;

namespace Liaison.Emulators.Salesforce.Soql.Syntax;

/// <summary>What a backslash means between quotes (contract section 6.3).</summary>
internal static class TextEscapes
{
    private const string Plain = "nrtbfNRTBF\"'\\";

    /// <summary>Reads what stands between quotes.</summary>
    /// <param name="pattern">Whether it stands behind LIKE, where \%, \_ and \\ keep their backslash.</param>
    /// <param name="wrongAt">Where in <paramref name="raw"/> a backslash means nothing; -1 where all do.</param>
    public static string Read(ReadOnlySpan<char> raw, bool pattern, out int wrongAt)
    {
        wrongAt = -1;
        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '\\')
            {
                text.Append(raw[at]);
                continue;
            }

            var next = at + 1 < raw.Length ? raw[at + 1] : '\0';
            if (next == 'u' && at + 5 < raw.Length
                && ushort.TryParse(raw.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append(pattern && code == '\\' ? "\\\\" : ((char)code).ToString());
                at += 5;
                continue;
            }

            if (next is '%' or '_' ? !pattern : !Plain.Contains(next, StringComparison.Ordinal))
            {
                wrongAt = at;
                return "";
            }

            if (pattern && (next is '%' or '_' or '\\'))
            {
                text.Append('\\');
            }

            text.Append(next switch
            {
                'n' or 'N' => '\n',
                'r' or 'R' => '\r',
                't' or 'T' => '\t',
                'b' or 'B' => '\b',
                'f' or 'F' => '\f',
                _ => next,
            });
            at++;
        }

        return text.ToString();
    }

    /// <summary>Writes a text so that <see cref="Read"/> gives it back, quotes included.</summary>
    public static void Write(StringBuilder into, string text, bool pattern)
    {
        into.Append('\'');
        foreach (var symbol in text)
        {
            into.Append(symbol switch
            {
                '\'' => "\\'",
                '\\' => pattern ? "\\" : "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                _ => null,
            } ?? symbol.ToString());
        }

        into.Append('\'');
    }
}
