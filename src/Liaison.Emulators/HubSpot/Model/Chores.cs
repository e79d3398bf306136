namespace Liaison.Emulators.HubSpot.Model;

/// <summary>What the account does by itself as time goes on: each piece of work is done when the first request after its hour comes.</summary>
internal sealed class Chores
{
    private readonly List<(DateTimeOffset DueAt, Action Work)> _waiting = [];

    public void Add(DateTimeOffset dueAt, Action work) => _waiting.Add((dueAt, work));

    public void Run(DateTimeOffset now)
    {
        foreach (var due in _waiting.Where(waiting => waiting.DueAt <= now).OrderBy(waiting => waiting.DueAt).ToList())
        {
            _waiting.Remove(due);
            due.Work();
        }
    }
}
