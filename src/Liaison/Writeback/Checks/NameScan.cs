using System.Buffers;

namespace Liaison.Writeback.Checks;

/// <summary>Finds names: two or more words in a row that are written large, and one before a legal form.</summary>
internal static class NameScan
{
    private static readonly SearchValues<char> SentenceSigns = SearchValues.Create(".!?:;\n\r\u2022*\u2013\u2014\"\u201C(");

    /// <summary>Finds the names of a text.</summary>
    /// <param name="taken">The parts that are read already, in order.</param>
    public static IReadOnlyList<FoundClaim> Of(string text, IReadOnlyList<(int Start, int End)> taken)
    {
        var found = new List<FoundClaim>();
        var run = new List<ScannedWord>();
        var next = 0;
        var before = 0;
        var opens = true;
        foreach (var word in WordScan.Of(text))
        {
            while (next < taken.Count && taken[next].End <= word.Start)
            {
                next++;
            }

            var isTaken = next < taken.Count && taken[next].Start < word.End;
            if (isTaken || !GoesOn(text, run, word))
            {
                Close(run, opens, found);
                run.Clear();
            }

            if (!isTaken && (run.Count > 0 || word.IsLarge) && !NameWords.IsOrdinary(word.Folded))
            {
                opens = run.Count == 0 ? OpensSentence(text.AsSpan(before, word.Start - before), before == 0) : opens;
                run.Add(word);
            }

            before = word.End;
        }

        Close(run, opens, found);
        return found;
    }

    /// <summary>Whether a word goes on with the name before it; small ones do within a name only.</summary>
    private static bool GoesOn(string text, List<ScannedWord> run, ScannedWord word)
    {
        if (run.Count == 0 || NameWords.IsOrdinary(word.Folded) || !(word.IsLarge || NameWords.IsParticle(word.Folded)))
        {
            return false;
        }

        var gap = text.AsSpan(run[^1].End, word.Start - run[^1].End);
        return gap is " " or "\u00A0" or "-" or "\u2010" or "'" or "\u2019" or " & " || (gap is ". " or "." && NameWords.IsShortened(run[^1].Folded));
    }

    private static void Close(List<ScannedWord> run, bool opens, List<FoundClaim> found)
    {
        while (run.Count > 0 && !run[^1].IsLarge)
        {
            run.RemoveAt(run.Count - 1);
        }

        // "Acme GmbH & Co. KG" is Acme wherever the evidence leaves the form out.
        var kept = run.Count;
        while (kept > 0 && (NameWords.IsLegalForm(run[kept - 1].Folded) || run[kept - 1].Folded.Length == 1))
        {
            kept--;
        }

        var titles = run.TakeWhile(word => NameWords.IsTitle(word.Folded)).Count();
        var words = run.Take(kept).Skip(titles).Where(word => word.Folded.Length > 1).Select(word => word.Folded).ToList();
        if (words.Count > 1 || (words.Count == 1 && run.Skip(kept).Any(word => NameWords.IsLegalForm(word.Folded))))
        {
            found.Add(new FoundClaim.Name(run[0].Start, run[^1].End, words, opens && words[0] == run[0].Folded));
        }
    }

    private static bool OpensSentence(ReadOnlySpan<char> gap, bool isFirst) => isFirst || gap.ContainsAny(SentenceSigns);
}
