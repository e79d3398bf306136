using System.Text;

namespace Liaison.Connectors;

/// <summary>Takes ids and values out of a call's path, so that the call log may be kept and shown.</summary>
internal static class PathTemplate
{
    private const int LongestWord = 40;

    public static string Of(string path, string apiVersion)
    {
        var query = path.IndexOf('?', StringComparison.Ordinal);
        var template = new StringBuilder(path.Length);
        foreach (var segment in (query < 0 ? path : path[..query]).Split('/'))
        {
            template.Append(Masked(segment, apiVersion)).Append('/');
        }

        template.Length--;
        if (query >= 0)
        {
            template.Append('?').AppendJoin('&', path[(query + 1)..].Split('&').Select(NameOnly));
        }

        return template.ToString();
    }

    private static string Masked(string segment, string apiVersion)
    {
        var bracket = segment.IndexOf('(', StringComparison.Ordinal);
        var word = bracket < 0 ? segment : segment[..bracket];
        return (word == apiVersion || IsVersion(word) || IsWord(word) ? word : "{id}") + (bracket < 0 ? "" : "({id})");
    }

    private static string NameOnly(string pair)
    {
        var name = pair.Split('=')[0];
        return IsWord(name.TrimStart('$')) ? name : "{name}";
    }

    // v3, v66.0
    private static bool IsVersion(string word) =>
        word.Length is > 1 and < 8 && word[0] == 'v' && word.Skip(1).All(letter => char.IsAsciiDigit(letter) || letter == '.');

    private static bool IsWord(string word) =>
        word.Length <= LongestWord && word.All(letter => char.IsAsciiLetter(letter) || letter is '-' or '_' or '.');
}
