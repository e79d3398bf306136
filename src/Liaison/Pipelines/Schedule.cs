using Liaison.Model;

namespace Liaison.Pipelines;

/// <summary>What becomes of a time at which nobody was there to start the run.</summary>
public enum MisfirePolicy
{
    /// <summary>One run is started as soon as somebody is there, however many times were missed.</summary>
    RunOnce,

    /// <summary>The time is let go; the next one counts.</summary>
    Skip,
}

/// <summary>A pipeline that is started again and again.</summary>
/// <param name="Where">Which contacts; <see langword="null"/> takes the pipeline's own condition.</param>
/// <param name="Definition">All that it is made of, in one text: another text is another schedule under the same name.</param>
/// <param name="Next">Gives the first time behind an instant; <see langword="null"/> when there is none.</param>
public sealed record Schedule(
    string Name, string Pipeline, ConnectionName Connection, string? Where, MisfirePolicy Misfire, string Definition, Func<DateTimeOffset, DateTimeOffset?> Next);
