namespace Liaison.Work;

/// <summary>What is kept of a schedule from one time to the next.</summary>
/// <param name="Name">The name in the configuration.</param>
/// <param name="Definition">What it was when its next time was reckoned; another definition reckons anew.</param>
/// <param name="DueAt">When it is due next, or has been due since; <see langword="null"/> when it never is again.</param>
/// <param name="TakenAt">When it was due last and dealt with; <see langword="null"/> before the first time.</param>
/// <param name="RunId">The run that was started then; <see langword="null"/> where none was.</param>
/// <param name="Note">What became of that time where it was not simply started, in one sentence.</param>
public sealed record ScheduleState(
    string Name, string Definition, DateTimeOffset? DueAt, DateTimeOffset? TakenAt, string? RunId, string? Note);

/// <summary>The durable schedules: which time comes next, shared by all nodes.</summary>
public interface IScheduleStore
{
    /// <summary>Gets the store's present, by which all nodes judge what is due.</summary>
    Task<DateTimeOffset> GetNowAsync(CancellationToken cancellationToken);

    /// <summary>Lists what is kept, by name.</summary>
    Task<IReadOnlyList<ScheduleState>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a state in place of what is kept under its name.</summary>
    Task PutAsync(ScheduleState state, CancellationToken cancellationToken);

    /// <summary>Forgets a schedule that is configured no more.</summary>
    Task RemoveAsync(string name, CancellationToken cancellationToken);
}
