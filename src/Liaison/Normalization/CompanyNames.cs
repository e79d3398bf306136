using System.Collections.Frozen;

namespace Liaison.Normalization;

/// <summary>Names of companies without what varies between people who type them: case, accents, signs and the legal form at the end.</summary>
internal static class CompanyNames
{
    private static readonly FrozenSet<string> LegalForms = """
        ab ag aktiengesellschaft aps as asa bv co company corp corporation doo eg eood ev eurl gbr gesellschaft gmbh holding holdings inc
        incorporated kft kg kk lda limited llc llp lp ltd ltda mbh nv ohg oy oyj plc pte pty pvt sa sarl sas sasu se sia sl slu snc
        sp spa sprl srl sro ug zoo
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Tells whether a folded word is a legal form, as in <c>gmbh</c>.</summary>
    public static bool IsLegalForm(string folded) => LegalForms.Contains(folded);

    /// <summary>Gives what two spellings of one name share: <c>Müller &amp; Söhne GmbH &amp; Co. KG</c> and <c>MULLER SOHNE</c> give the same.</summary>
    /// <returns>Empty for a name that says nothing beyond its legal form.</returns>
    public static string KeyOf(string name)
    {
        var words = WordsOf(name);
        var kept = words.Count;
        while (kept > 0 && (IsLegalForm(words[kept - 1]) || (kept < words.Count && words[kept - 1].Length == 1)))
        {
            kept--;
        }

        return string.Join(' ', words.Take(kept));
    }

    /// <summary>Gives the word by which a name is best looked for: the longest.</summary>
    public static string? TellingWordOf(string name) => KeyOf(name).Split(' ').MaxBy(word => word.Length) is { Length: > 1 } word ? word : null;

    private static List<string> WordsOf(string name)
    {
        // Points inside a form part nothing: "S.p.A." is one word, and so is "A.G.".
        var folded = FoldedText.Of(name.Replace(".", "", StringComparison.Ordinal));
        var signs = folded.Select(sign => char.IsLetterOrDigit(sign) ? sign : ' ').ToArray();
        return [.. new string(signs).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }
}
