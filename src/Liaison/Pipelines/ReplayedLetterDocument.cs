using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>What a replay made of one letter, as every door shows it.</summary>
public sealed record ReplayedLetterDocument(string Id, string Record, DeadLetterState State, ItemState Item, string Told)
{
    /// <summary>Makes the document of a letter that was replayed.</summary>
    public static ReplayedLetterDocument Of(ReplayedLetter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);

        return new ReplayedLetterDocument(letter.Id, letter.Record.ToString(), letter.State, letter.Item, letter.Told);
    }
}
