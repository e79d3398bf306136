namespace Liaison.Emulators.Salesforce.Http;

/// <summary>How to take back what a request changed, in the order in which it changed it, and what is to be told once it stands.</summary>
internal sealed class UndoLog
{
    private readonly List<(Action Undo, Action? Kept)> _steps = [];

    /// <summary>Gets the place to go back to.</summary>
    public int Mark => _steps.Count;

    /// <param name="undo">Takes the change back.</param>
    /// <param name="kept">What follows once nothing can take it back any more; the ledger counts then, so that it counts what stands.</param>
    public void Add(Action undo, Action? kept = null) => _steps.Add((undo, kept));

    /// <summary>Takes back all that came after a mark, last change first.</summary>
    public void RollBackTo(int mark)
    {
        for (var at = _steps.Count - 1; at >= mark; at--)
        {
            _steps[at].Undo();
        }

        _steps.RemoveRange(mark, _steps.Count - mark);
    }

    /// <summary>Keeps what was changed; the log is empty then.</summary>
    public void Keep()
    {
        foreach (var (_, kept) in _steps)
        {
            kept?.Invoke();
        }

        _steps.Clear();
    }
}
